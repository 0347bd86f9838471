(module
  (type $type0 (func (param i32 i32) (result f64)))
  (import "callee" "adapter0" (func $callee.adapter0 (type $type0)))
  (func $adapter0 (type $type0) (param $p i32) (param $p#1 i32) (result f64)
    (local $result f64)
    local.get $p
    i32.extend16_s
    local.get $p#1
    i32.extend16_s
    call $callee.adapter0
    local.set $result
    local.get $result
  )
  (export "adapter0" (func $adapter0))
)
