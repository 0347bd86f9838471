using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Fact.Component;
using Fact.Component.Ast;
using Fact.Component.Binary;
using Fact.Emit;
using Fact.Ir;
using Fact.Model.Laws;
using Fact.Properties.Emit;
using FsCheck.Xunit;
using Wasmtime;
using Xunit;

namespace Fact.Properties.Core;

/// <summary>Bodies are walked to their end, whatever they are made of, and what is wrong with them is said.</summary>
[Properties(Arbitrary = [typeof(EmitGenerators)])]
public sealed class BodyReaderLaws
{
    [CorpusFact]
    public void Real_bodies_end_where_they_should_and_nothing_of_them_is_missed()
    {
        int bodies = 0;
        foreach (string file in Corpus.Files)
        {
            foreach (var module in Modules(File.ReadAllBytes(file)))
            {
                foreach (var body in Bodies.Of(module))
                {
                    Assert.Null(Gap(body.Span, file));
                    bodies++;
                }
            }
        }
        Assert.True(bodies > 300, $"only {bodies} bodies");
    }

    [Law(200)]
    public void Generated_bodies_name_what_their_code_names(ModuleSample sample)
    {
        var module = sample.Module();
        var bodies = Bodies.Of(Encode.Run(Numbered.Of(module), new EncodeOptions()).AsMemory());
        foreach (var (func, body) in module.Funcs.Zip(bodies))
        {
            Assert.Null(Gap(body.Span, sample.ToString()));
            var shown = Walked.Body(body.Span).Instructions.SelectMany(each => each.Immediates).Where(each => IsIndex(each.Kind)).ToList();
            Assert.Equal(CodeIndices.Of(func.Body), shown);
        }
    }

    [Law(20)]
    public void A_body_that_is_cut_short_is_wrong_at_its_end_or_before(ModuleSample sample)
    {
        foreach (var body in Bodies.Of(Encode.Run(sample.Resolved(), new EncodeOptions()).AsMemory()).Where(body => body.Length < 2000))
        {
            for (int length = 0; length < body.Length; length++)
            {
                var problem = Walked.Body(body.Span[..length]).Problem;
                Assert.NotNull(problem);
                Assert.InRange(problem.Value.Offset, 0, length);
            }
        }
    }

    [Law(300)]
    public void What_the_reader_refuses_no_engine_takes(ModuleSample sample)
    {
        byte[] module = [.. Encode.Run((sample with { Exotic = false }).Resolved(), new EncodeOptions())];
        var (_, decoder) = ModuleDecoder.Decode(module);
        var random = Fuzz.Random(sample.Seed);
        for (int i = 0; i < 20 && decoder.BodyRanges.Count > 0; i++)
        {
            byte[] changed = [.. module];
            var range = decoder.BodyRanges[random.Next(decoder.BodyRanges.Count)];
            for (int changes = random.Next(1, 4); changes > 0; changes--)
                changed[random.Next(range.Start.Value, range.End.Value)] = (byte)random.Next(256);
            if (Walked.Body(changed.AsSpan()[range]).Problem is { } problem)
                Assert.True(Module.Validate(InstructionTableLaws.Engine, changed) is not null, $"{problem} of {Convert.ToHexString(changed.AsSpan()[range])}");
        }
    }

    [Law(2000)]
    public void Any_bytes_are_walked_or_refused(byte[] bytes)
    {
        byte[] body = [0, .. bytes];
        var (instructions, problem) = Walked.Body(body);
        if (problem is null)
            Assert.Equal(body.Length, instructions[^1].End);
        else
            Assert.InRange(problem.Value.Offset, 0, body.Length);
        Walked.Constant(bytes);
    }

    [Theory]
    [InlineData(new byte[] { 0, 0x05, 0x0B }, 1, "else outside of an if")]
    [InlineData(new byte[] { 0, 0x02, 0x40, 0x05, 0x0B, 0x0B }, 3, "else outside of an if")]
    [InlineData(new byte[] { 0, 0x04, 0x40, 0x05, 0x05, 0x0B, 0x0B }, 4, "else outside of an if")]
    [InlineData(new byte[] { 0, 0x02, 0x40, 0x07, 0x00, 0x0B, 0x0B }, 3, "catch outside of a try")]
    [InlineData(new byte[] { 0, 0x06, 0x40, 0x19, 0x19, 0x0B, 0x0B }, 4, "catch_all outside of a try")]
    [InlineData(new byte[] { 0, 0x06, 0x40, 0x19, 0x18, 0x00, 0x0B }, 4, "delegate outside of a try")]
    [InlineData(new byte[] { 0, 0x0C, 0x01, 0x0B }, 2, "label 1 names no block: 0 are open")]
    [InlineData(new byte[] { 0, 0x1F, 0x40, 0x01, 0x02, 0x01, 0x0B, 0x0B }, 5, "label 1 names no block: 0 are open")]
    [InlineData(new byte[] { 0, 0x02, 0x60, 0x0B, 0x0B }, 2, "0x60 is not a core value type")]
    [InlineData(new byte[] { 0, 0x02, 0x80, 0x7F, 0x0B, 0x0B }, 2, "not the type of a block")]
    [InlineData(new byte[] { 0, 0x02, 0xFF, 0xFF, 0xFF, 0xFF, 0x1F, 0x0B }, 2, "LEB128 number out of the range of s33")]
    [InlineData(new byte[] { 0, 0x28, 0x80, 0x01, 0x00, 0x0B }, 2, "0x80 is not the alignment of an access to memory")]
    [InlineData(new byte[] { 0, 0xFE, 0x03, 0x01, 0x0B }, 3, "0x01 is not the zero byte of atomic.fence")]
    [InlineData(new byte[] { 0, 0xFB, 0x18, 0x04, 0x00, 0x6E, 0x6E, 0x0B }, 3, "0x04 is not the flags of a cast")]
    [InlineData(new byte[] { 0, 0xFD, 0x0D, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 32, 0x0B }, 3, "a lane to shuffle is more than 31")]
    [InlineData(new byte[] { 0, 0x1F, 0x40, 0x01, 0x04, 0x00, 0x0B, 0x0B }, 4, "0x04 is not the kind of a handler")]
    [InlineData(new byte[] { 0, 0x0E, 0x05, 0x00, 0x0B }, 2, "5 items announced, but only 2 bytes are left")]
    [InlineData(new byte[] { 0, 0xFF, 0x0B }, 1, "no instruction has the opcode 0xff")]
    [InlineData(new byte[] { 0, 0xFD, 0x9A, 0x01, 0x0B }, 1, "no instruction has the opcode 0xfd09a")]
    [InlineData(new byte[] { 0, 0xFC, 0x80, 0x80, 0x01, 0x0B }, 1, "no instruction has this opcode")]
    [InlineData(new byte[] { 2, 0xC8, 0x86, 0x03, 0x7F, 0xC9, 0x80, 0x03, 0x7F, 0x0B }, 5, "99217 locals are more than the 50000")]
    [InlineData(new byte[] { 0, 0x0B, 0x00 }, 2, "1 bytes behind the end of the function")]
    [InlineData(new byte[] { 0, 0x01 }, 2, "the code ends without end")]
    [InlineData(new byte[] { 0, 0x41, 0x80 }, 3, "the code ends inside of an instruction")]
    public void A_mistake_is_placed(byte[] body, int offset, string message)
    {
        var problem = Walked.Body(body).Problem;
        Assert.NotNull(problem);
        Assert.Contains(message, problem.Value.Message, StringComparison.Ordinal);
        Assert.Equal(offset, problem.Value.Offset);
    }

    [Fact]
    public void An_alignment_says_whether_a_memory_follows()
    {
        var reader = BodyReader.Function([0, 0x28, 0x42, 0x05, 0x07, 0x0B]);
        Assert.True(reader.Next() && reader.Next() && reader.NextImmediate());
        Assert.Equal((ImmediateKind.Access, 5ul, 2, 2, 4), (reader.Kind, reader.Value, reader.AlignLog2, reader.ImmediateStart, reader.At));
        Assert.True(reader.NextImmediate());
        Assert.Equal((ImmediateKind.Offset, 7ul), (reader.Kind, reader.Value));
        reader = BodyReader.Function([0, 0x28, 0x02, 0x05, 0x0B]);
        Assert.True(reader.Next() && reader.Next() && reader.NextImmediate());
        Assert.Equal((ImmediateKind.Access, 0ul, 2, 2, 3), (reader.Kind, reader.Value, reader.AlignLog2, reader.ImmediateStart, reader.At));
    }

    [Fact]
    public void Nesting_is_limited_by_the_bytes_alone()
    {
        const int Depth = 1_000_000;
        byte[] body = [0, .. Enumerable.Repeat<byte[]>([0x04, 0x40], Depth).SelectMany(x => x), .. Enumerable.Repeat<byte[]>([0x05, 0x0B], Depth).SelectMany(x => x),
            0x0B];
        var reader = BodyReader.Function(body);
        int deepest = 0;
        while (reader.Next())
            deepest = Math.Max(deepest, reader.Depth);
        Assert.Null(reader.Problem);
        Assert.Equal(Depth - 1, deepest);
        Assert.Equal(body.Length, reader.At);
    }

    /// <summary>What a walk misses of a body; null where nothing.</summary>
    private static string? Gap(ReadOnlySpan<byte> body, string where)
    {
        var (instructions, problem) = Walked.Body(body);
        int end = 0;
        foreach (var each in instructions)
        {
            if (each.Start != end)
                return $"{where}: an instruction begins at {each.Start}, and the one before it ends at {end}";
            end = each.End;
        }
        return problem is null && end == body.Length ? null : $"{where}: {problem}, {end} of {body.Length} bytes";
    }

    private static bool IsIndex(ImmediateKind kind) => kind
        is ImmediateKind.Func or ImmediateKind.Type or ImmediateKind.Table or ImmediateKind.Memory or ImmediateKind.Access or ImmediateKind.Global or ImmediateKind.Local
            or ImmediateKind.Label or ImmediateKind.BlockTypeIndex;

    internal static IEnumerable<ReadOnlyMemory<byte>> Modules(byte[] bytes)
    {
        if (!Corpus.IsComponent(bytes))
            return [bytes];
        return ComponentDecoder.Decode(bytes).Match(Right: ast => Modules(ast.Definitions), Left: _ => []);
    }

    private static IEnumerable<ReadOnlyMemory<byte>> Modules(EquatableArray<Definition> definitions) => definitions.Items.SelectMany(definition => definition switch
    {
        Definition.CoreModule module => [module.Bytes.Memory],
        Definition.Component component => Modules(component.Ast.Definitions),
        _ => (IEnumerable<ReadOnlyMemory<byte>>)[],
    });
}
