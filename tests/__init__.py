"""The tests of Margin, in the folders of the code; `support` holds what several of them use."""
