" :make checks the file and lists what is wrong.
if exists('current_compiler')
  finish
endif
let current_compiler = 'rehearse'
CompilerSet makeprg=rehearse\ check\ %:S
CompilerSet errorformat=%f:%l:%c:\ %trror:\ %m,%f:%l:%c:\ %tarning:\ %m,%f:%l:\ %trror:\ %m,%f:%l:\ %tarning:\ %m,%f:\ %trror:\ %m,%f:\ %tarning:\ %m,%-G%.%#
