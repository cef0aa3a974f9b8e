autocmd BufNewFile,BufRead *.scenario,*.temperament,*.deck setfiletype rehearse
autocmd BufNewFile,BufRead *.rules call s:Pack()

" Other programs have files named .rules (udev, make): ours begin with a pack's words.
function! s:Pack() abort
  for line in getline(1, 60)
    if line =~# '^\(move\|framework\|list\|meter\|about\)\>'
      set filetype=rehearse
      return
    endif
  endfor
endfunction
