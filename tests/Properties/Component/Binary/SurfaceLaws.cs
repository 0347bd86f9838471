using System;
using System.Collections.Generic;
using System.Linq;
using Fact.Component;
using Fact.Component.Ast;
using Fact.Component.Binary;
using Fact.Ir;
using Xunit;

namespace Fact.Properties.Component.Binary;

/// <summary>Laws of reading the imports and exports of core modules.</summary>
public class SurfaceLaws
{
    private static readonly CoreValType I32 = CoreValType.I32;
    private static readonly CoreValType I64 = CoreValType.I64;

    [Fact]
    public void Exports_have_the_types_of_what_they_export()
    {
        var surface = Read("""
            (module
              (func (export "f") (param i32 i64) (result i32) (i32.const 0))
              (memory (export "m") i64 1 3)
              (table (export "t") 2 externref)
              (global (export "g") (mut i64) (i64.add (i64.const 1) (i64.const -1)))
              (tag (export "e") (param i32)))
            """);
        Assert.Empty(surface.Imports);
        Assert.Equal<CoreModuleSurface.Export>(
            [
                new("f", new CoreExternType.Func(new(0), IsExact: true), 0),
                new("m", new CoreExternType.Memory(new(new(1, 3, Is64: true, IsShared: false), PageSizeLog2: 16)), 0),
                new("t", new CoreExternType.Table(new(Reference(CoreAbsHeapType.Extern), new(2, null, Is64: false, IsShared: false))), 0),
                new("g", new CoreExternType.Global(new(I64, IsMutable: true, IsShared: false)), 0),
                new("e", new CoreExternType.Tag(new(1)), 0),
            ],
            surface.Exports.Items);
        Assert.Equal([new CoreFuncType([I32, I64], [I32]), new CoreFuncType([I32], [])], FuncTypes(surface));
    }

    [Fact]
    public void Imports_come_first_in_their_index_spaces()
    {
        var surface = Read("""
            (module
              (import "a" "f" (func (param i32)))
              (import "a" "m" (memory 1))
              (import "b" "g" (global i32))
              (import "b" "t" (table 0 funcref))
              (import "" "e" (tag))
              (func (result i64) (i64.const 0))
              (export "f0" (func 0))
              (export "f1" (func 1))
              (export "m0" (memory 0))
              (export "g0" (global 0))
              (export "t0" (table 0))
              (export "e0" (tag 0)))
            """);
        Assert.Equal(["a.f", "a.m", "b.g", "b.t", ".e"], surface.Imports.Items.Select(x => $"{x.Module}.{x.Name}"));
        Assert.Equal(new CoreExternType.Func(new(0), IsExact: false), surface.Imports[0].Type);
        Assert.Equal(surface.Imports[0].Type, surface.Exports[0].Type);
        Assert.Equal(new CoreExternType.Func(new(2), IsExact: true), surface.Exports[1].Type);
        Assert.Equal([new CoreFuncType([I32], []), new CoreFuncType([], []), new CoreFuncType([], [I64])], FuncTypes(surface));
        Assert.Equal(surface.Imports[1].Type, surface.Exports[2].Type);
        Assert.Equal(surface.Imports[2].Type, surface.Exports[3].Type);
        Assert.Equal(surface.Imports[3].Type, surface.Exports[4].Type);
        Assert.Equal(surface.Imports[4].Type, surface.Exports[5].Type);
    }

    [Fact]
    public void Recursive_and_garbage_collected_types_are_no_obstacle()
    {
        var surface = Read("""
            (module
              (rec
                (type $node (sub (struct (field (mut (ref null $node))) (field i8))))
                (type $list (array (mut (ref null $node))))
                (type $f (func (param (ref $node) i31ref) (result (ref null $list)))))
              (type $leaf (sub final $node (struct (field (mut (ref null $node))) (field i8) (field (mut i16)))))
              (global (export "g") (ref $leaf) (struct.new_default $leaf))
              (global (ref i31) (ref.i31 (i32.const 1)))
              (global anyref (any.convert_extern (ref.null extern)))
              (global (ref $list) (array.new_fixed $list 1 (ref.null $node)))
              (global v128 (v128.const i64x2 1 2))
              (global f32 (f32.const 0.5))
              (global f64 (f64.const 0.5))
              (table (export "t") 1 (ref i31) (ref.i31 (i32.const 7)))
              (elem declare func $x)
              (global funcref (ref.func $x))
              (func $x (export "x") (type $f) (ref.null $list)))
            """);
        var func = FuncTypes(surface)[(int)Assert.IsType<CoreExternType.Func>(surface.Exports[2].Type).Type.Value]!;
        Assert.Equal(CoreValType.Ref(new CoreHeapType(new CoreTypeIdx(0)), isNullable: false), func.Params[0]);
        Assert.Equal(Reference(CoreAbsHeapType.I31), func.Params[1]);
        Assert.Equal(
            new CoreExternType.Global(new(
                CoreValType.Ref(new CoreHeapType(new CoreTypeIdx(3)), isNullable: false), IsMutable: false, IsShared: false)),
            surface.Exports[0].Type);
    }

    [Fact]
    public void A_page_size_of_one_byte_is_read()
    {
        byte[] bytes = Samples.Module(
            Samples.Section(5, 0x01, 0b1001, 0x05, 0x06, 0x00),
            Samples.Section(7, 0x01, 0x01, (byte)'m', 0x02, 0x00));
        var memory = new CoreMemoryType(new(5, 6, Is64: false, IsShared: false), PageSizeLog2: 0);
        Assert.Equal<CoreModuleSurface.Export>([new("m", new CoreExternType.Memory(memory), 0)], Right(bytes).Exports.Items);
    }

    [Fact]
    public void Compact_imports_are_imports_one_by_one()
    {
        byte[] bytes = Samples.Module(
            Samples.Section(1, 0x01, 0x60, 0x00, 0x00),
            Samples.Section(2, [
                0x02,
                0x01, (byte)'a', 0x00, 0x7f, 0x02, 0x01, (byte)'x', 0x00, 0x00, 0x01, (byte)'y', 0x03, 0x7f, 0x00,
                0x01, (byte)'b', 0x00, 0x7e, 0x00, 0x00, 0x02, 0x01, (byte)'z', 0x01, (byte)'w']));
        Assert.Equal(["a.x", "a.y", "b.z", "b.w"], Right(bytes).Imports.Items.Select(x => $"{x.Module}.{x.Name}"));
    }

    [Theory]
    [MemberData(nameof(Mistakes))]
    public void A_mistake_in_a_module_is_placed(byte[][] sections, long offset, string message)
    {
        var error = CoreModuleSurface.Read(Samples.Module(sections), offset: 1000)
            .Match(Right: _ => throw new InvalidOperationException("no error"), Left: error => error);
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
        Assert.Equal(1000 + offset, error.Offset);
    }

    public static IEnumerable<object[]> Mistakes()
    {
        byte[] func = [0x01, 0x60, 0x00, 0x00];
        yield return [new[] { Samples.Section(3, 0x00), Samples.Section(1, 0x00) }, 11, "out of order or comes twice"];
        yield return [new[] { Samples.Section(1, func), Samples.Section(1, func) }, 14, "out of order or comes twice"];
        yield return [new[] { Samples.Section(14) }, 8, "not the id of a core section"];
        yield return [new[] { Samples.Section(3, 0x01, 0x00) }, 12, "core type 0 is not a function type"];
        yield return [new[] { Samples.Section(7, 0x01, 0x01, (byte)'f', 0x00, 0x00) }, 11, "of no definition of the module"];
        yield return [new[] { Samples.Section(6, 0x01, 0x7f, 0x00, 0x10, 0x00) }, 13, "no constant expression can have"];
        yield return [new[] { Samples.Section(5, 0x01, 0b1000, 0x01, 0x03) }, 13, "page size 2^3"];
        yield return [new[] { Samples.Section(5, 0x01, 0x10, 0x01) }, 11, "not a valid limits flag"];
        yield return [new[] { new byte[] { 7, 5, 0 } }, 8, "longer than the 1 bytes left"];
        yield return [new[] { Samples.Section(4, 0x01, 0x63, 0x05, 0x00, 0x01) }, 11, "there is no core type 5: the module has 0"];
        yield return [new[] { Samples.Section(4, 0x01, 0x40, 0x00, 0x63, 0x05, 0x00, 0x01, 0xd0, 0x70, 0x0b) }, 11, "there is no core type 5"];
        yield return [new[] { Samples.Section(4, 0x01, 0x40, 0x01, 0x70, 0x00, 0x01, 0xd0, 0x70, 0x0b) }, 12, "not a valid second byte of a table"];
        yield return [new[] { Samples.Section(4, 0x01, 0x70, 0x01, 0x02, 0x01) }, 11, "a table of at least 2 elements cannot be one of at most 1"];
        yield return [new[] { Samples.Section(6, 0x01, 0x63, 0x05, 0x00, 0xd0, 0x70, 0x0b) }, 11, "there is no core type 5: the module has 0"];
        yield return [new[] { Samples.Section(2, 0x01, 0x00, 0x00, 0x03, 0x63, 0x05, 0x00) }, 13, "there is no core type 5: the module has 0"];
        yield return [new[] { Samples.Section(2, 0x01, 0x00, 0x00, 0x02, 0x01, 0x02, 0x01) }, 13, "a memory of at least 2 pages cannot be one of at most 1"];
        yield return [new[] { Samples.Section(5, 0x01, 0x02, 0x01) }, 11, "a shared memory needs a maximum size"];
        byte[] twice = [0x02, 0x01, (byte)'f', 0x00, 0x00, 0x01, (byte)'f', 0x00, 0x00];
        yield return [new[] { Samples.Section(1, func), Samples.Section(3, 0x01, 0x00), Samples.Section(7, twice) }, 25, "comes twice"];
    }

    private static CoreValType Reference(CoreAbsHeapType type) => CoreValType.Ref(new CoreHeapType(type));

    private static List<CoreFuncType?> FuncTypes(CoreModuleSurface surface) =>
        [.. CoreRecType.IndexSpace(surface.Types.Items.Select(group => group.Group)).Items.Select(type => type.Func)];

    private static CoreModuleSurface Read(string text) => Right(Wasmtime.Module.ConvertText(text));

    private static CoreModuleSurface Right(byte[] bytes) =>
        CoreModuleSurface.Read(bytes).Match(
            Right: surface => surface,
            Left: error => throw new InvalidOperationException(error.ToString()));
}
