using System;
using System.Buffers.Binary;
using System.Collections.Generic;

namespace Fact.Conformance.Streams;

/// <summary>A component that keeps what guests tell, for a runtime that cannot call the host where they run.</summary>
internal static class StreamLogText
{
    private const int LineSize = 24;

    /// <summary>The component, its instance, the function <c>$log</c>, and the export <c>dump</c>.</summary>
    /// <param name="type">The type of the function.</param>
    public static string Keeper(string type) => $"""
          (component $Keeper
            (core module $M
              (memory (export "m") 2)
              (global $at (mut i32) (i32.const 16))
              (func (export "log") (param i32 i32 i32 i32 i32 i32)
                (i32.store offset=0 (global.get $at) (local.get 0))
                (i32.store offset=4 (global.get $at) (local.get 1))
                (i32.store offset=8 (global.get $at) (local.get 2))
                (i32.store offset=12 (global.get $at) (local.get 3))
                (i32.store offset=16 (global.get $at) (local.get 4))
                (i32.store offset=20 (global.get $at) (local.get 5))
                (global.set $at (i32.add (global.get $at) (i32.const {StreamText.N(LineSize)}))))
              (func (export "dump") (result i32)
                (i32.store (i32.const 0) (i32.const 16))
                (i32.store (i32.const 4) (i32.sub (global.get $at) (i32.const 16)))
                (i32.const 0)))
            (core instance $m (instantiate $M))
            {type.Replace("(func $log", "(func (export \"log\")", StringComparison.Ordinal)[..^1]} (canon lift (core func $m "log")))
            (func (export "dump") (result string) (canon lift (core func $m "dump") (memory (core memory $m "m")) string-encoding=latin1+utf16)))
          (instance $keeper (instantiate $Keeper))
          (alias export $keeper "log" (func $log))
          (export "dump" (func $keeper "dump"))

        """;

    /// <summary>Reads what the export returned: a character is a byte.</summary>
    public static IReadOnlyList<StreamLine> Parse(string dump)
    {
        var bytes = new byte[dump.Length];
        for (int i = 0; i < bytes.Length; i++)
            bytes[i] = checked((byte)dump[i]);
        var log = new List<StreamLine>();
        for (int at = 0; at < bytes.Length; at += LineSize)
        {
            uint Word(int i) => BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(at + (4 * i)));
            log.Add(new((int)Word(0), (int)Word(1), Word(2), Word(3), Word(4), Word(5)));
        }
        return log;
    }
}
