"""A package file as a form: what there is to fill in, what it looks like and how it is judged while somebody types.

A ``draft`` is the text of the file and of the tables beside it; ``form`` says what can be filled in, from the declared data and
the models of the file alone; ``changes`` turns what somebody did into edits of the text; ``look`` reads, draws and judges it;
``kept`` opens and saves it.
"""
