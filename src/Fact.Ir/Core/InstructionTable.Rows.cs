namespace Fact.Ir;

internal static partial class InstructionTable
{
    /// <summary>
    /// A row for each run of opcodes with the same immediates: the first opcode, prefix and opcode behind it as they stand in the binary; the kinds of
    /// immediates in their order; the mnemonics of the opcodes one after the other, with a <c>*</c> where constant expressions can have the instruction.
    /// Last come the proposals: stack switching (E0), custom descriptors (FB20), memory control (FC12), wide arithmetic (FC13),
    /// and shared-everything threads (FE4F); 06 to 09, 18 and 19 are the exceptions of before WebAssembly 3.0.
    /// </summary>
    private const string Rows = """
        00    -                 unreachable nop
        02    blocktype         block loop if
        05    -                 else
        06    blocktype         try
        07    tag               catch throw
        09    label             rethrow
        0A    -                 throw_ref end*
        0C    label             br br_if
        0E    labels,label      br_table
        0F    -                 return
        10    func              call
        11    type,table        call_indirect
        12    func              return_call
        13    type,table        return_call_indirect
        14    type              call_ref return_call_ref
        18    label             delegate
        19    -                 catch_all drop select
        1C    valtypes          select
        1F    blocktype,catches try_table
        20    local             local.get local.set local.tee
        23    global            global.get* global.set
        25    table             table.get table.set
        28    mem4              i32.load
        29    mem8              i64.load
        2A    mem4              f32.load
        2B    mem8              f64.load
        2C    mem1              i32.load8_s i32.load8_u
        2E    mem2              i32.load16_s i32.load16_u
        30    mem1              i64.load8_s i64.load8_u
        32    mem2              i64.load16_s i64.load16_u
        34    mem4              i64.load32_s i64.load32_u i32.store
        37    mem8              i64.store
        38    mem4              f32.store
        39    mem8              f64.store
        3A    mem1              i32.store8
        3B    mem2              i32.store16
        3C    mem1              i64.store8
        3D    mem2              i64.store16
        3E    mem4              i64.store32
        3F    memory            memory.size memory.grow
        41    i32               i32.const*
        42    i64               i64.const*
        43    f32               f32.const*
        44    f64               f64.const*
        45    -                 i32.eqz i32.eq i32.ne i32.lt_s i32.lt_u i32.gt_s i32.gt_u i32.le_s i32.le_u i32.ge_s i32.ge_u
        50    -                 i64.eqz i64.eq i64.ne i64.lt_s i64.lt_u i64.gt_s i64.gt_u i64.le_s i64.le_u i64.ge_s i64.ge_u
        5B    -                 f32.eq f32.ne f32.lt f32.gt f32.le f32.ge f64.eq f64.ne f64.lt f64.gt f64.le f64.ge
        67    -                 i32.clz i32.ctz i32.popcnt i32.add* i32.sub* i32.mul* i32.div_s i32.div_u i32.rem_s i32.rem_u
        71    -                 i32.and i32.or i32.xor i32.shl i32.shr_s i32.shr_u i32.rotl i32.rotr
        79    -                 i64.clz i64.ctz i64.popcnt i64.add* i64.sub* i64.mul* i64.div_s i64.div_u i64.rem_s i64.rem_u
        83    -                 i64.and i64.or i64.xor i64.shl i64.shr_s i64.shr_u i64.rotl i64.rotr
        8B    -                 f32.abs f32.neg f32.ceil f32.floor f32.trunc f32.nearest f32.sqrt
        92    -                 f32.add f32.sub f32.mul f32.div f32.min f32.max f32.copysign
        99    -                 f64.abs f64.neg f64.ceil f64.floor f64.trunc f64.nearest f64.sqrt
        A0    -                 f64.add f64.sub f64.mul f64.div f64.min f64.max f64.copysign
        A7    -                 i32.wrap_i64 i32.trunc_f32_s i32.trunc_f32_u i32.trunc_f64_s i32.trunc_f64_u
        AC    -                 i64.extend_i32_s i64.extend_i32_u i64.trunc_f32_s i64.trunc_f32_u i64.trunc_f64_s i64.trunc_f64_u
        B2    -                 f32.convert_i32_s f32.convert_i32_u f32.convert_i64_s f32.convert_i64_u f32.demote_f64
        B7    -                 f64.convert_i32_s f64.convert_i32_u f64.convert_i64_s f64.convert_i64_u f64.promote_f32
        BC    -                 i32.reinterpret_f32 i64.reinterpret_f64 f32.reinterpret_i32 f64.reinterpret_i64
        C0    -                 i32.extend8_s i32.extend16_s i64.extend8_s i64.extend16_s i64.extend32_s
        D0    heaptype          ref.null*
        D1    -                 ref.is_null
        D2    func              ref.func*
        D3    -                 ref.eq ref.as_non_null
        D5    label             br_on_null br_on_non_null
        E0    type              cont.new
        E1    type,type         cont.bind
        E2    tag               suspend
        E3    type,handlers     resume
        E4    type,tag,handlers resume_throw
        E5    type,handlers     resume_throw_ref
        E6    type,tag          switch
        FB00  type              struct.new* struct.new_default*
        FB02  type,field        struct.get struct.get_s struct.get_u struct.set
        FB06  type              array.new* array.new_default*
        FB08  type,length       array.new_fixed*
        FB09  type,data         array.new_data
        FB0A  type,elem         array.new_elem
        FB0B  type              array.get array.get_s array.get_u array.set
        FB0F  -                 array.len
        FB10  type              array.fill
        FB11  type,type         array.copy
        FB12  type,data         array.init_data
        FB13  type,elem         array.init_elem
        FB14  heaptype          ref.test ref.test ref.cast ref.cast
        FB18  castflags,label,heaptype,heaptype br_on_cast br_on_cast_fail
        FB1A  -                 any.convert_extern* extern.convert_any* ref.i31* i31.get_s i31.get_u
        FB20  type              struct.new_desc* struct.new_default_desc* ref.get_desc
        FB23  heaptype          ref.cast_desc_eq ref.cast_desc_eq
        FB25  castflags,label,heaptype,heaptype br_on_cast_desc_eq br_on_cast_desc_eq_fail
        FC00  -                 i32.trunc_sat_f32_s i32.trunc_sat_f32_u i32.trunc_sat_f64_s i32.trunc_sat_f64_u
        FC04  -                 i64.trunc_sat_f32_s i64.trunc_sat_f32_u i64.trunc_sat_f64_s i64.trunc_sat_f64_u
        FC08  data,memory       memory.init
        FC09  data              data.drop
        FC0A  memory,memory     memory.copy
        FC0B  memory            memory.fill
        FC0C  elem,table        table.init
        FC0D  elem              elem.drop
        FC0E  table,table       table.copy
        FC0F  table             table.grow table.size table.fill
        FC12  memory            memory.discard
        FC13  -                 i64.add128 i64.sub128 i64.mul_wide_s i64.mul_wide_u
        FD00  mem16             v128.load
        FD01  mem8              v128.load8x8_s v128.load8x8_u v128.load16x4_s v128.load16x4_u v128.load32x2_s v128.load32x2_u
        FD07  mem1              v128.load8_splat
        FD08  mem2              v128.load16_splat
        FD09  mem4              v128.load32_splat
        FD0A  mem8              v128.load64_splat
        FD0B  mem16             v128.store
        FD0C  v128              v128.const*
        FD0D  lanes             i8x16.shuffle
        FD0E  -                 i8x16.swizzle i8x16.splat i16x8.splat i32x4.splat i64x2.splat f32x4.splat f64x2.splat
        FD15  lane              i8x16.extract_lane_s i8x16.extract_lane_u i8x16.replace_lane
        FD18  lane              i16x8.extract_lane_s i16x8.extract_lane_u i16x8.replace_lane
        FD1B  lane              i32x4.extract_lane i32x4.replace_lane i64x2.extract_lane i64x2.replace_lane
        FD1F  lane              f32x4.extract_lane f32x4.replace_lane f64x2.extract_lane f64x2.replace_lane
        FD23  -                 i8x16.eq i8x16.ne i8x16.lt_s i8x16.lt_u i8x16.gt_s i8x16.gt_u i8x16.le_s i8x16.le_u i8x16.ge_s i8x16.ge_u
        FD2D  -                 i16x8.eq i16x8.ne i16x8.lt_s i16x8.lt_u i16x8.gt_s i16x8.gt_u i16x8.le_s i16x8.le_u i16x8.ge_s i16x8.ge_u
        FD37  -                 i32x4.eq i32x4.ne i32x4.lt_s i32x4.lt_u i32x4.gt_s i32x4.gt_u i32x4.le_s i32x4.le_u i32x4.ge_s i32x4.ge_u
        FD41  -                 f32x4.eq f32x4.ne f32x4.lt f32x4.gt f32x4.le f32x4.ge f64x2.eq f64x2.ne f64x2.lt f64x2.gt f64x2.le f64x2.ge
        FD4D  -                 v128.not v128.and v128.andnot v128.or v128.xor v128.bitselect v128.any_true
        FD54  mem1,lane         v128.load8_lane
        FD55  mem2,lane         v128.load16_lane
        FD56  mem4,lane         v128.load32_lane
        FD57  mem8,lane         v128.load64_lane
        FD58  mem1,lane         v128.store8_lane
        FD59  mem2,lane         v128.store16_lane
        FD5A  mem4,lane         v128.store32_lane
        FD5B  mem8,lane         v128.store64_lane
        FD5C  mem4              v128.load32_zero
        FD5D  mem8              v128.load64_zero
        FD5E  -                 f32x4.demote_f64x2_zero f64x2.promote_low_f32x4
        FD60  -                 i8x16.abs i8x16.neg i8x16.popcnt i8x16.all_true i8x16.bitmask i8x16.narrow_i16x8_s i8x16.narrow_i16x8_u
        FD67  -                 f32x4.ceil f32x4.floor f32x4.trunc f32x4.nearest
        FD6B  -                 i8x16.shl i8x16.shr_s i8x16.shr_u i8x16.add i8x16.add_sat_s i8x16.add_sat_u i8x16.sub i8x16.sub_sat_s i8x16.sub_sat_u
        FD74  -                 f64x2.ceil f64x2.floor i8x16.min_s i8x16.min_u i8x16.max_s i8x16.max_u f64x2.trunc i8x16.avgr_u
        FD7C  -                 i16x8.extadd_pairwise_i8x16_s i16x8.extadd_pairwise_i8x16_u i32x4.extadd_pairwise_i16x8_s i32x4.extadd_pairwise_i16x8_u
        FD80  -                 i16x8.abs i16x8.neg i16x8.q15mulr_sat_s i16x8.all_true i16x8.bitmask i16x8.narrow_i32x4_s i16x8.narrow_i32x4_u
        FD87  -                 i16x8.extend_low_i8x16_s i16x8.extend_high_i8x16_s i16x8.extend_low_i8x16_u i16x8.extend_high_i8x16_u
        FD8B  -                 i16x8.shl i16x8.shr_s i16x8.shr_u i16x8.add i16x8.add_sat_s i16x8.add_sat_u i16x8.sub i16x8.sub_sat_s i16x8.sub_sat_u
        FD94  -                 f64x2.nearest i16x8.mul i16x8.min_s i16x8.min_u i16x8.max_s i16x8.max_u
        FD9B  -                 i16x8.avgr_u i16x8.extmul_low_i8x16_s i16x8.extmul_high_i8x16_s i16x8.extmul_low_i8x16_u i16x8.extmul_high_i8x16_u
        FDA0  -                 i32x4.abs i32x4.neg
        FDA3  -                 i32x4.all_true i32x4.bitmask
        FDA7  -                 i32x4.extend_low_i16x8_s i32x4.extend_high_i16x8_s i32x4.extend_low_i16x8_u i32x4.extend_high_i16x8_u
        FDAB  -                 i32x4.shl i32x4.shr_s i32x4.shr_u i32x4.add
        FDB1  -                 i32x4.sub
        FDB5  -                 i32x4.mul i32x4.min_s i32x4.min_u i32x4.max_s i32x4.max_u i32x4.dot_i16x8_s
        FDBC  -                 i32x4.extmul_low_i16x8_s i32x4.extmul_high_i16x8_s i32x4.extmul_low_i16x8_u i32x4.extmul_high_i16x8_u
        FDC0  -                 i64x2.abs i64x2.neg
        FDC3  -                 i64x2.all_true i64x2.bitmask
        FDC7  -                 i64x2.extend_low_i32x4_s i64x2.extend_high_i32x4_s i64x2.extend_low_i32x4_u i64x2.extend_high_i32x4_u
        FDCB  -                 i64x2.shl i64x2.shr_s i64x2.shr_u i64x2.add
        FDD1  -                 i64x2.sub
        FDD5  -                 i64x2.mul i64x2.eq i64x2.ne i64x2.lt_s i64x2.gt_s i64x2.le_s i64x2.ge_s
        FDDC  -                 i64x2.extmul_low_i32x4_s i64x2.extmul_high_i32x4_s i64x2.extmul_low_i32x4_u i64x2.extmul_high_i32x4_u
        FDE0  -                 f32x4.abs f32x4.neg
        FDE3  -                 f32x4.sqrt f32x4.add f32x4.sub f32x4.mul f32x4.div f32x4.min f32x4.max f32x4.pmin f32x4.pmax
        FDEC  -                 f64x2.abs f64x2.neg
        FDEF  -                 f64x2.sqrt f64x2.add f64x2.sub f64x2.mul f64x2.div f64x2.min f64x2.max f64x2.pmin f64x2.pmax
        FDF8  -                 i32x4.trunc_sat_f32x4_s i32x4.trunc_sat_f32x4_u f32x4.convert_i32x4_s f32x4.convert_i32x4_u
        FDFC  -                 i32x4.trunc_sat_f64x2_s_zero i32x4.trunc_sat_f64x2_u_zero f64x2.convert_low_i32x4_s f64x2.convert_low_i32x4_u
        FD100 -                 i8x16.relaxed_swizzle i32x4.relaxed_trunc_f32x4_s i32x4.relaxed_trunc_f32x4_u
        FD103 -                 i32x4.relaxed_trunc_f64x2_s_zero i32x4.relaxed_trunc_f64x2_u_zero
        FD105 -                 f32x4.relaxed_madd f32x4.relaxed_nmadd f64x2.relaxed_madd f64x2.relaxed_nmadd
        FD109 -                 i8x16.relaxed_laneselect i16x8.relaxed_laneselect i32x4.relaxed_laneselect i64x2.relaxed_laneselect
        FD10D -                 f32x4.relaxed_min f32x4.relaxed_max f64x2.relaxed_min f64x2.relaxed_max
        FD111 -                 i16x8.relaxed_q15mulr_s i16x8.relaxed_dot_i8x16_i7x16_s i32x4.relaxed_dot_i8x16_i7x16_add_s
        FE00  mem4              memory.atomic.notify memory.atomic.wait32
        FE02  mem8              memory.atomic.wait64
        FE03  zero              atomic.fence
        FE10  mem4              i32.atomic.load
        FE11  mem8              i64.atomic.load
        FE12  mem1              i32.atomic.load8_u
        FE13  mem2              i32.atomic.load16_u
        FE14  mem1              i64.atomic.load8_u
        FE15  mem2              i64.atomic.load16_u
        FE16  mem4              i64.atomic.load32_u
        FE17  mem4              i32.atomic.store
        FE18  mem8              i64.atomic.store
        FE19  mem1              i32.atomic.store8
        FE1A  mem2              i32.atomic.store16
        FE1B  mem1              i64.atomic.store8
        FE1C  mem2              i64.atomic.store16
        FE1D  mem4              i64.atomic.store32
        FE1E  mem4              i32.atomic.rmw.add
        FE1F  mem8              i64.atomic.rmw.add
        FE20  mem1              i32.atomic.rmw8.add_u
        FE21  mem2              i32.atomic.rmw16.add_u
        FE22  mem1              i64.atomic.rmw8.add_u
        FE23  mem2              i64.atomic.rmw16.add_u
        FE24  mem4              i64.atomic.rmw32.add_u
        FE25  mem4              i32.atomic.rmw.sub
        FE26  mem8              i64.atomic.rmw.sub
        FE27  mem1              i32.atomic.rmw8.sub_u
        FE28  mem2              i32.atomic.rmw16.sub_u
        FE29  mem1              i64.atomic.rmw8.sub_u
        FE2A  mem2              i64.atomic.rmw16.sub_u
        FE2B  mem4              i64.atomic.rmw32.sub_u
        FE2C  mem4              i32.atomic.rmw.and
        FE2D  mem8              i64.atomic.rmw.and
        FE2E  mem1              i32.atomic.rmw8.and_u
        FE2F  mem2              i32.atomic.rmw16.and_u
        FE30  mem1              i64.atomic.rmw8.and_u
        FE31  mem2              i64.atomic.rmw16.and_u
        FE32  mem4              i64.atomic.rmw32.and_u
        FE33  mem4              i32.atomic.rmw.or
        FE34  mem8              i64.atomic.rmw.or
        FE35  mem1              i32.atomic.rmw8.or_u
        FE36  mem2              i32.atomic.rmw16.or_u
        FE37  mem1              i64.atomic.rmw8.or_u
        FE38  mem2              i64.atomic.rmw16.or_u
        FE39  mem4              i64.atomic.rmw32.or_u
        FE3A  mem4              i32.atomic.rmw.xor
        FE3B  mem8              i64.atomic.rmw.xor
        FE3C  mem1              i32.atomic.rmw8.xor_u
        FE3D  mem2              i32.atomic.rmw16.xor_u
        FE3E  mem1              i64.atomic.rmw8.xor_u
        FE3F  mem2              i64.atomic.rmw16.xor_u
        FE40  mem4              i64.atomic.rmw32.xor_u
        FE41  mem4              i32.atomic.rmw.xchg
        FE42  mem8              i64.atomic.rmw.xchg
        FE43  mem1              i32.atomic.rmw8.xchg_u
        FE44  mem2              i32.atomic.rmw16.xchg_u
        FE45  mem1              i64.atomic.rmw8.xchg_u
        FE46  mem2              i64.atomic.rmw16.xchg_u
        FE47  mem4              i64.atomic.rmw32.xchg_u
        FE48  mem4              i32.atomic.rmw.cmpxchg
        FE49  mem8              i64.atomic.rmw.cmpxchg
        FE4A  mem1              i32.atomic.rmw8.cmpxchg_u
        FE4B  mem2              i32.atomic.rmw16.cmpxchg_u
        FE4C  mem1              i64.atomic.rmw8.cmpxchg_u
        FE4D  mem2              i64.atomic.rmw16.cmpxchg_u
        FE4E  mem4              i64.atomic.rmw32.cmpxchg_u
        FE4F  ordering,global   global.atomic.get global.atomic.set global.atomic.rmw.add global.atomic.rmw.sub global.atomic.rmw.and global.atomic.rmw.or
        FE55  ordering,global   global.atomic.rmw.xor global.atomic.rmw.xchg global.atomic.rmw.cmpxchg
        FE58  ordering,table    table.atomic.get table.atomic.set table.atomic.rmw.xchg table.atomic.rmw.cmpxchg
        FE5C  ordering,type,field struct.atomic.get struct.atomic.get_s struct.atomic.get_u struct.atomic.set struct.atomic.rmw.add struct.atomic.rmw.sub
        FE62  ordering,type,field struct.atomic.rmw.and struct.atomic.rmw.or struct.atomic.rmw.xor struct.atomic.rmw.xchg struct.atomic.rmw.cmpxchg
        FE67  ordering,type     array.atomic.get array.atomic.get_s array.atomic.get_u array.atomic.set array.atomic.rmw.add array.atomic.rmw.sub
        FE6D  ordering,type     array.atomic.rmw.and array.atomic.rmw.or array.atomic.rmw.xor array.atomic.rmw.xchg array.atomic.rmw.cmpxchg
        FE72  -                 ref.i31_shared*
        """;
}
