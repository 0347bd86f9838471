using Fact.Ir;

namespace Fact.Emit;

/// <summary>Element and data segments of all parts. Spec: <c>elemsec</c>, <c>datasec</c>.</summary>
internal sealed class MergedSegments(FuseProgram program, MergeNumbers numbers, Startup startup, References references, CopyConstant copy, MemoryFold? fold = null)
{
    private const uint PassiveOrDeclarative = 1, Explicit = 2, HasExpressions = 4;
    private const byte FuncRefs = 0x00;

    /// <summary>The element segments of the parts.</summary>
    public void Elements(Sink to)
    {
        for (int part = 0; part < program.Parts.Length; part++)
        {
            var elements = program.Parts[part].Module.Elements;
            for (int i = 0; i < elements.Length; i++)
            {
                if (numbers.Parts[part].Elements[i] != PartNumbers.None)
                    Element(to, part, elements[i]);
            }
        }
    }

    /// <summary>A segment that says that functions have references.</summary>
    public static void Declare(Sink to, EquatableArray<uint> undeclared)
    {
        to.Unsigned(PassiveOrDeclarative | Explicit);
        to.Byte(FuncRefs);
        to.Unsigned((uint)undeclared.Length);
        foreach (uint function in undeclared)
            to.Unsigned(function);
    }

    /// <summary>The part and the place of the data segment that cannot go where all memories are one; null where there is none.</summary>
    public (int Part, int Offset)? Unfolded { get; private set; }

    /// <summary>The data segments of the parts.</summary>
    public void Data(Sink to)
    {
        for (int part = 0; part < program.Parts.Length; part++)
        {
            var module = program.Parts[part].Module;
            for (int i = 0; i < module.Data.Length; i++)
            {
                var segment = module.Data[i];
                if (numbers.Parts[part].Data[i] == PartNumbers.None)
                    continue;
                if (segment.Mode is SegmentMode.Active(var target, var at) && !startup.IsLate(part))
                {
                    uint memory = numbers.Parts[part].Of(CoreExternKind.Memory)[(int)target];
                    bool isExplicit = memory != 0 && fold is null;
                    to.Unsigned(isExplicit ? Explicit : 0);
                    if (isExplicit)
                        to.Unsigned(memory);
                    var place = fold is null ? to : new Sink();
                    copy(place, part, at);
                    if (fold?.Segment(to, memory, place.Written, segment.Content.Length) == false)
                        Unfolded ??= (part, at.Start);
                }
                else
                {
                    to.Unsigned(PassiveOrDeclarative);
                }
                to.Unsigned((uint)segment.Content.Length);
                to.Bytes(module.Slice(segment.Content));
            }
        }
    }

    private void Element(Sink to, int part, CoreElementSegment segment)
    {
        var own = numbers.Parts[part];
        uint form = segment.Type is null ? 0 : HasExpressions;
        switch (segment.Mode)
        {
            case SegmentMode.Active(var target, var at) when !startup.IsLate(part):
                uint table = own.Of(CoreExternKind.Table)[(int)target];
                bool isExplicit = table != 0 || segment.Type is not (null or CoreValType.FuncRef);
                to.Unsigned(form | (isExplicit ? Explicit : 0));
                if (isExplicit)
                    to.Unsigned(table);
                copy(to, part, at);
                if (isExplicit)
                    Type(to, segment, own);
                break;
            case SegmentMode.Declarative:
                to.Unsigned(form | PassiveOrDeclarative | Explicit);
                Type(to, segment, own);
                break;
            case SegmentMode.Active or SegmentMode.Passive:
                to.Unsigned(form | PassiveOrDeclarative);
                Type(to, segment, own);
                break;
        }
        Items(to, part, segment);
    }

    private static void Type(Sink to, CoreElementSegment segment, PartNumbers own)
    {
        if (segment.Type is { } type)
            to.ValType(own.Renumber(type));
        else
            to.Byte(FuncRefs);
    }

    private void Items(Sink to, int part, CoreElementSegment segment)
    {
        var module = program.Parts[part].Module;
        var items = module.Slice(segment.Items);
        to.Unsigned((uint)segment.Count);
        int at = 0;
        for (int i = 0; i < segment.Count; i++)
        {
            if (segment.Type is null)
            {
                string? problem = null;
                uint function = numbers.Parts[part].Of(CoreExternKind.Func)[(int)Leb128.ReadUnsigned(items, ref at, 32, ref problem)];
                references.Add(function, inBody: false);
                to.Unsigned(function);
            }
            else
            {
                var reader = BodyReader.Constant(items[at..]);
                while (reader.Next())
                {
                }
                copy(to, part, new ByteRange(segment.Items.Start + at, reader.At));
                at += reader.At;
            }
        }
    }
}
