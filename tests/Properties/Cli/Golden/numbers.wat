(module
  (type $type0 (func (param f64 f64) (result f64)))
  (import "flags" "instance2" (global $flags.instance2 (mut i32)))
  (import "callee" "adapter0" (func $callee.adapter0 (type $type0)))
  (func $adapter0 (type $type0) (param $p f64) (param $p#1 f64) (result f64)
    global.get $flags.instance2
    i32.const 1
    i32.and
    i32.eqz
    if
      unreachable ;; cannot leave instance
    end
    local.get $p
    local.get $p#1
    call $callee.adapter0
    local.set $p#1
    local.get $p#1
  )
  (export "adapter0" (func $adapter0))
)
