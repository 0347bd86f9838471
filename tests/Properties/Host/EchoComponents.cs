using System.Globalization;
using System.Linq;
using Fact.Ir;
using Wasmtime;

namespace Fact.Properties.Host;

/// <summary>
/// Two components of which one hands a list on to the other and its answer back: a value goes from the host into the first guest, through an
/// adapter into the second, through the adapter back, and out to the host again.
/// </summary>
internal static class EchoComponents
{
    public static byte[] Make(ValType element, GuestAbi front, GuestAbi back) => Module.ConvertText($$"""
        (component
          (component $back
            {{Memory(back)}}
            (core module $m
              (import "libc" "memory" (memory $memory {{Index(back)}} 1))
              (func (export "echo") (param $ptr {{Ptr(back)}}) (param $len {{Ptr(back)}}) (result {{Ptr(back)}})
                ({{Ptr(back)}}.store ({{Ptr(back)}}.const 16) (local.get $ptr))
                ({{Ptr(back)}}.store offset={{Size(back)}} ({{Ptr(back)}}.const 16) (local.get $len))
                ({{Ptr(back)}}.const 16)))
            (core instance $i (instantiate $m (with "libc" (instance $libc))))
            (func (export "echo") (param "values" (list {{Text(element)}})) (result (list {{Text(element)}}))
              (canon lift (core func $i "echo") {{Options(back)}})))
          (instance $b (instantiate $back))
          (component $front
            (import "echo" (func $echo (param "values" (list {{Text(element)}})) (result (list {{Text(element)}}))))
            {{Memory(front)}}
            (core func $lowered (canon lower (func $echo) {{Options(front)}}))
            (core module $m
              (import "back" "echo" (func $echo (param {{Ptr(front)}} {{Ptr(front)}} {{Ptr(front)}})))
              (func (export "echo") (param $ptr {{Ptr(front)}}) (param $len {{Ptr(front)}}) (result {{Ptr(front)}})
                (call $echo (local.get $ptr) (local.get $len) ({{Ptr(front)}}.const 16))
                ({{Ptr(front)}}.const 16)))
            (core instance $i (instantiate $m (with "back" (instance (export "echo" (func $lowered))))))
            (func (export "echo") (param "values" (list {{Text(element)}})) (result (list {{Text(element)}}))
              (canon lift (core func $i "echo") {{Options(front)}})))
          (instance $f (instantiate $front (with "echo" (func $b "echo"))))
          (export "echo" (func $f "echo")))
        """);

    private static string Ptr(GuestAbi abi) => abi.Is64 ? "i64" : "i32";

    private static string Index(GuestAbi abi) => abi.Is64 ? "i64" : "";

    private static int Size(GuestAbi abi) => abi.Is64 ? 8 : 4;

    private static string Options(GuestAbi abi) =>
        """(memory (core memory $libc "memory")) (realloc (core func $libc "realloc")) string-encoding=""" + abi.Encoding switch
        {
            StringEncoding.Utf8 => "utf8",
            StringEncoding.Utf16 => "utf16",
            _ => "latin1+utf16",
        };

    /// <summary>An allocator that gives out every byte once and spoils what it moves.</summary>
    private static string Memory(GuestAbi abi) => """
        (core module $libc
          (memory (export "memory") INDEX 1)
          (global $top (mut P) (P.const 64))
          (func (export "realloc") (param $old P) (param $old-size P) (param $align P) (param $size P) (result P)
            (local $new P)
            (local.set $new (P.and (P.add (global.get $top) (P.sub (local.get $align) (P.const 1))) (P.sub (P.const 0) (local.get $align))))
            (global.set $top (P.add (local.get $new) (local.get $size)))
            (block $fits
              (loop $grow
                (br_if $fits (P.le_u (global.get $top) (P.mul (memory.size) (P.const 65536))))
                (if (P.eq (memory.grow (P.const 1)) (P.const -1)) (then unreachable))
                (br $grow)))
            (memory.copy (local.get $new) (local.get $old) (select (local.get $old-size) (local.get $size) (P.lt_u (local.get $old-size) (local.get $size))))
            (memory.fill (local.get $old) (i32.const 0xDD) (local.get $old-size))
            (local.get $new)))
        (core instance $libc (instantiate $libc))
        """.Replace("INDEX", Index(abi), System.StringComparison.Ordinal).Replace("P.", Ptr(abi) + ".", System.StringComparison.Ordinal)
        .Replace(" P)", " " + Ptr(abi) + ")", System.StringComparison.Ordinal);

    private static string Text(ValType type) => type switch
    {
        ValType.Primitive t => t.Type.ToString().ToLowerInvariant(),
        ValType.List t => $"(list {Text(t.Element)})",
        ValType.FixedLengthList t => $"(list {Text(t.Element)} {t.Length.ToString(CultureInfo.InvariantCulture)})",
        ValType.Map t => $"(map {Text(t.Key)} {Text(t.Value)})",
        ValType.Tuple t => $"(tuple {string.Join(' ', t.Types.Items.Select(Text))})",
        ValType.Option t => $"(option {Text(t.Some)})",
        ValType.Result t => "(result" + (t.Ok is null ? "" : " " + Text(t.Ok)) + (t.Error is null ? "" : $" (error {Text(t.Error)})") + ")",
        _ => throw new System.NotSupportedException("only types without names can be exported as they are"),
    };
}
