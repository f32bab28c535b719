"""Many names at once, in arrays of plain numpy: the same answers as one by one, several times quicker.

Each module mirrors one of `comity.matching`. What is a judgement of few things at a time, to read a name, to say which legal forms
contradict each other, is asked of that; what is a judgement of thousands of pairs is made of all of them at once.
"""
