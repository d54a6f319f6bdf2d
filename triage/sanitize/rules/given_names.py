"""Given names that are rarely anything else, of many languages: they tell a person from a product or a place."""

GIVEN_NAMES = frozenset(
    b"""aaron abdul abdullah abigail adam adele adrian agnes ahmed ahmad aisha aiko akira alan albert alberto alejandro
    alejandra aleksander aleksandra alessandro alessandra alex alexander alexandra alexandre alexei alexey alfonso alfred ali alice
    alicia alina alison allison alvaro amanda amelia amelie amina amir amit amy ana anastasia anders andre andrea andreas
    andreea andrei andrew andrey andrzej angela angelica angelika angelo anita anja ankit ann anna anne anneke annika antoine
    anton antonio antonia anya aoife arjun armando arnaud arthur arturo ashley astrid audrey aurelie axel ayse barbara bartosz
    beatrice beatriz ben benjamin benoit bernard bernd bianca bjorn bob bogdan boris brandon brenda brian bridget britta bruno camila
    camille carla carlo carlos carmen carol carolina caroline catherine cecilia cedric celine chandra charles charlotte chen
    chiara chloe chris christian christina christine christoph christopher ciaran cindy claire clara claudia claudio clement
    conor corinne cristian cristina cynthia daisuke damien daniel daniela danielle dariusz dave david deborah deepak denis dennis derek
    diana diane diego dieter dimitri dmitri dmitry dominik dominique donald donna dorothy douglas dylan eduardo edward edwin
    eileen ekaterina elena eleanor elias elisa elise elizabeth ella ellen elliot emeka emil emilia emilie emily emma emmanuel enrique
    eric erica erik erika erin ernesto esther ethan eugene eva evelyn fabian fabio fatima fatma federico felipe felix fernanda fernando
    fiona florence florian francesca francesco francis francisco francois frank franz frederic frederik fredrik friedrich gabriel
    gabriela gabriele gary geoffrey georg george georges gerald gerard gerhard giancarlo gianni giorgio giovanni giulia giuseppe gloria
    gonzalo graham greg gregory greta guillaume gunter gustav gustavo hakan hamza hana hannah hans harald harold harry haruki hassan heather
    hector heike heinz helen helena helga henri henrik henry hiroshi holger hugo hussein ian ibrahim ida ignacio igor imran
    ines ingrid irene irina isaac isabel isabella isabelle ivan ivana jack jacek jacob jacqueline jacques jaime jakob jakub james jamal jan jane
    janet janine jason javier jean jeff jeffrey jennifer jens jeremy jerome jessica jesus jill jim joan joanna joao joaquin joe joel johan johann
    johanna johannes john jon jonas jonathan jorge jose josef joseph joshua josephine juan juana juanita judith julien juliette julie
    jun jurgen justin justyna karen karim karin karl karolina katarina katarzyna kate katharina katherine kathleen kathryn kathy katja
    kavita kazuo keith kelly ken kenji kenneth kerstin kevin khalid kim kirsten klaus konrad kristina kristof krzysztof kumar kurt kwame
    kyle lakshmi lars larry laura lauren laurent leila lena leonardo leonie liam liang liisa lina linda lisa liz lorena lorenzo louis
    louise luca lucas lucia lucie lucy ludwig luigi luis luisa lukas luke lydia magda magdalena magnus mahmoud maja malgorzata manfred
    manuel manuela marc marcel marcelo marcin marco marcos marcus margaret margarita maria mariam marian mariana marianne marie marina mario
    marion marjorie mark marko markus marta martha martin martina mary maryam mateo mateus mateusz mathias mathieu matteo matthew
    matthias maureen maurice mauricio megan mehmet mei melanie melissa mercedes michael michaela michal michel michele michelle
    miguel mikael mike mikhail milan milos min miriam mohamed mohammad mohammed monica monika monique muhammad mustafa nadia nadine nancy
    naomi natalia natalie natasha nathan nathalie neha neil nelson nicholas nick nicola nicolas nicole nikhil nikita niklas nikolai nikos
    nils nina noah noel noemi nora norbert nuno olaf ole oleg olena olga oliver olivia olivier omar oscar otto owen pablo paolo pascal patricia
    patricio patrick patrik paul paula paulo pavel pawel pedro peggy peter petr petra philip philipp philippe pierre piotr priya rachel
    rafael rafal rahul raj rajesh ralf ramon ramona raquel ravi raymond rebecca renata renate rene ricardo riccardo richard rita rob
    robert roberto robin rodrigo roger roland rolf romain roman ronald rosa rosie ruben rudolf russell ruth ryan sabine sabrina
    sakura salma sam samantha samir samuel sandra sandrine sanjay santiago sara sarah sasha satoshi scott sean sebastian sergei sergey sergio seungmin
    shannon sharon shirley silke silvia simon simone siobhan sofia sofie sonia sonja sophia sophie stefan stefania stefanie stefano stella stephan
    stephanie stephen steve steven stuart sunil suresh susan susana susanne svetlana sven sylvia sylvie tadeusz takashi takeshi tamara tanja tanya
    tatiana teresa terry theo theodore theresa therese thi thiago thierry thomas tiffany tim timothy tina tobias todd tom tomas
    tomasz toni tony tracy tuan ulrich ulrike ursula uwe valentina valeria valerie vanessa vera veronica veronika vicente vijay vikram viktor
    vincent vincenzo virginie vladimir walter wanda wei wendy werner wilhelm william wojciech wolfgang xavier xiao yan yasmin
    yolanda yoko youssef yuki yuri yusuf yvette yvonne zainab zhang zeynep zoe zofia zsofia marek tunde kofi elif zuzanna agnieszka jerzy jaroslaw wiktor ewa kwabena chidi ngozi adebayo amara oluwaseun sipho thabo nomsa
    ebru emre burak selin deniz hye jisoo minjun haruto sota yui hinata ren aarav ananya deepika ishaan rohan pooja nguyen hung linh minh phuong siti budi putri agus
    ingrid sigrid bjarne astri tove kjell gunnar leif ulf lasse jari mikko matti pekka timo tuomas hanne jesper morten rasmus soren mette
    oksana bohdan taras andriy mykola yaroslav ludmila galina natalya tatyana lyudmila vasily stanislav rostislav georgi dimitar ivaylo radu ionut mihai
    javier itziar iker nerea xabier beatrix ottavio graziella salvatore vittoria alessio davide ilaria silvana rosario ramiro esteban joseluis gerardo raul mireya
    layla noor hadi reza mehdi farid leyla rania ziad tariq yasir bilal imane khadija aicha moussa mamadou aminata ousmane fatou""".split()
)
