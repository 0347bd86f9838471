using System;
using System.Collections.Generic;
using System.Linq;
using Fact.Component;
using Fact.Component.Ast;
using Fact.Component.Binary;
using Fact.Ir;
using Fact.Model.Laws;
using Wasmtime;
using Xunit;

namespace Fact.Properties.Component.Binary;

/// <summary>Laws of decoding, on real components.</summary>
public class CorpusLaws
{
    [CorpusFact]
    public void Every_component_decodes()
    {
        var failures = Corpus.Components
            .Select(file => (file.Name, Result: ComponentDecoder.Decode(file.Bytes)))
            .Where(file => file.Result.IsLeft)
            .Select(file => $"{file.Name}: {file.Result}");
        Assert.Empty(failures);
    }

    [CorpusFact]
    public void Every_core_module_inside_has_a_surface()
    {
        foreach (var (name, bytes) in Corpus.Components)
        {
            foreach (var module in Modules(Decode(bytes)))
            {
                var surface = CoreModuleSurface.Read(module.Bytes.Memory, module.Offset);
                Assert.True(surface.IsRight, $"{name}: {surface}");
            }
        }
    }

    [CorpusFact]
    public void Decoding_is_deterministic()
    {
        foreach (var (_, bytes) in Corpus.Components)
            Assert.Equal(Decode(bytes), Decode([.. bytes]));
    }

    [SeededCorpusFact]
    public void What_Wasmtime_accepts_decodes_with_a_byte_changed_too()
    {
        using var engine = new Engine(new Config().WithComponentModel(true).WithGc(true).WithFunctionReferences(true)
            .WithExceptions(true).WithMemory64(true).WithMultiMemory(true));
        var random = Fuzz.Random();
        byte[][] small = [.. Corpus.Components.Select(file => file.Bytes).Where(bytes => bytes.Length is > 8 and < 1_500)];
        int accepted = 0;
        for (int i = 0; i < (Fuzz.Cases ?? 500); i++)
        {
            byte[] bytes = [.. small[random.Next(small.Length)]];
            bytes[random.Next(8, bytes.Length)] ^= (byte)(1 << random.Next(8));
            if (!IsAccepted(engine, bytes))
                continue;
            accepted++;
            foreach (var module in Modules(Decode(bytes)))
                Assert.True(CoreModuleSurface.Read(module.Bytes.Memory).IsRight);
        }
        Assert.InRange(accepted, 1, 500);
    }

    [CorpusFact]
    public void A_truncated_component_is_an_error_inside_it_or_has_fewer_definitions()
    {
        foreach (var (name, bytes) in Corpus.Components)
        {
            var whole = Decode(bytes);
            for (int length = 0; length < bytes.Length; length++)
            {
                ComponentDecoder.Decode(bytes.AsMemory(0, length)).Match(
                    Right: part => Assert.True(IsPrefix(part.Definitions.Items, whole.Definitions.Items), name),
                    Left: error => AssertInside(error, length));
            }
        }
    }

    [CorpusFact]
    public void A_component_with_one_byte_changed_decodes_or_is_an_error_inside_it()
    {
        foreach (var (_, bytes) in Corpus.Components)
        {
            for (int i = 0; i < bytes.Length; i++)
            {
                byte original = bytes[i];
                foreach (byte change in (ReadOnlySpan<byte>)[0x01, 0x80, 0xff])
                {
                    bytes[i] = (byte)(original ^ change);
                    ComponentDecoder.Decode(bytes).IfLeft(error => AssertInside(error, bytes.Length));
                }
                bytes[i] = original;
            }
        }
    }

    [CorpusFact]
    public void A_core_module_cut_or_changed_has_a_surface_or_is_an_error_inside_it()
    {
        foreach (var (_, bytes) in Corpus.Components)
        {
            foreach (var module in Modules(Decode(bytes)))
            {
                byte[] changed = module.Bytes.Memory.ToArray();
                for (int i = 0; i < changed.Length; i++)
                {
                    CoreModuleSurface.Read(changed.AsMemory(0, i)).IfLeft(error => AssertInside(error, i));
                    changed[i] ^= 0x11;
                    CoreModuleSurface.Read(changed).IfLeft(error => AssertInside(error, changed.Length));
                    changed[i] ^= 0x11;
                }
            }
        }
    }

    private static bool IsAccepted(Engine engine, byte[] bytes)
    {
        try
        {
            using var component = Wasmtime.Components.Component.FromBytes(engine, bytes);
            return true;
        }
        catch (WasmtimeException)
        {
            return false;
        }
    }

    private static ComponentAst Decode(byte[] bytes) =>
        ComponentDecoder.Decode(bytes).Match(
            Right: ast => ast,
            Left: error => throw new InvalidOperationException(error.ToString()));

    private static void AssertInside(Diagnostic error, long length)
    {
        Assert.NotNull(error.Offset);
        Assert.InRange(error.Offset.Value, 0, length);
        Assert.NotEmpty(error.Message);
    }

    private static bool IsPrefix(IReadOnlyList<Definition> part, IReadOnlyList<Definition> whole) =>
        part.Count <= whole.Count && part.SequenceEqual(whole.Take(part.Count));

    private static IEnumerable<Definition.CoreModule> Modules(ComponentAst component)
    {
        foreach (var definition in component.Definitions.Items)
        {
            if (definition is Definition.CoreModule module)
                yield return module;
            if (definition is Definition.Component nested)
            {
                foreach (var inner in Modules(nested.Ast))
                    yield return inner;
            }
        }
    }
}
