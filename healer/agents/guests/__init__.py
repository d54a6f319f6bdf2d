"""How each command line is started so that it holds nothing but our tools."""
