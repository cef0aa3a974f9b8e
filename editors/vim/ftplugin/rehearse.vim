" Indentation is by spaces; a comment is a line of its own.
if exists('b:did_ftplugin')
  finish
endif
let b:did_ftplugin = 1
setlocal expandtab shiftwidth=2 softtabstop=2 autoindent
setlocal comments=b:# commentstring=#\ %s
setlocal formatoptions-=t linebreak
compiler rehearse
let b:undo_ftplugin = 'setlocal expandtab< shiftwidth< softtabstop< autoindent< comments< commentstring< formatoptions< linebreak<'
