"""What makes a run of tests evidence: the gate on the diff, the judgement of runs, the proof's document.

Pure but for calls on an injected Bench. A proof is evidence by tests, not correctness.
"""
