using System.Collections.Generic;
using System.Diagnostics;
using Fact.Component.Ast;
using Fact.Emit;
using Fact.Ir;

namespace Fact.Externs;

/// <summary>
/// The type of a component as toolchains put it into core modules, which makes components of them again: a component that exports a component type, which has the type
/// itself in it by the full name of a world. Spec: <c>design/mvp/WIT.md</c>, "Package Format".
/// </summary>
internal sealed class WorldType
{
    private const string Package = "root:component/root", World = "root", EncodingSection = "wit-component-encoding";
    private const byte EncodingVersion = 0x04, Utf8 = 0x00, ComponentType = 0x41;

    private WorldType()
    {
    }

    /// <summary>The component with the type in it; null where the type cannot be written, or is of no world.</summary>
    /// <param name="root">The component whose type it is.</param>
    public static Sink? Of(ComponentAst root)
    {
        var lists = Elaboration.Of(root);
        var budget = new EncodeBudget(root.Length);
        if (!WorldScope.Has(lists, budget))
            return null;
        var declarators = new DeclaratorSink();
        new WorldEncoding(budget, declarators).Write(lists);
        if (budget.Error is not null)
            return null;
        var name = declarators.Begin(ComponentSection.Export);
        EncodedNames.Write(name, new ExternName(Package));
        EncodedSorts.Write(name, new SortIdx(Sort.Component, 0));
        var sections = new SectionSink();
        sections.Custom(EncodingSection, [EncodingVersion, Utf8]);
        var type = sections.Begin(ComponentSection.Type);
        type.Byte(ComponentType);
        declarators.WriteTo(type);
        var exported = sections.Begin(ComponentSection.Export);
        EncodedNames.Write(exported, new ExternName(World));
        EncodedSorts.Write(exported, new SortIdx(Sort.Type, 0));
        exported.Byte(0);
        return sections.Finish();
    }

    private sealed class WorldEncoding(EncodeBudget budget, DefinitionSink sink) : EncodeScope(budget, sink, null)
    {
        public void Write(ExternLists lists) => DefineComponent(lists);
    }
}
