using Fact.Ir;
using Fact.Ir.Plan;
using Fact.Lower.Code;

namespace Fact.Lower.Select;

/// <summary>Copies a value: from flat parameters or the first one, an address, to flat results or to the address in the last parameter.</summary>
internal sealed class CopyHelper(FuncId id, Copy.Helper helper, Side source, Side target) : Helper(id)
{
    public override SymbolicFunc Write(Scope s)
    {
        var b = s.Code;
        var (copy, form) = (helper.Body, helper.Form);
        s.Inline = helper.Inline;
        int inputs = form.SourceInMemory ? 1 : copy.Source.FlatTypes.Length;
        var type = s.Helpers.TypeOf(copy, form, source, target);
        if (form.SourceInMemory || copy is Copy.Text or Copy.Pair or Copy.List)
            b.Start(type.Params.AsSpan(), "src", form.SourceInMemory ? "dst" : "src_len", "dst");
        else
            b.Start(type.Params.AsSpan());
        Copies.Write(
            s,
            copy,
            form.SourceInMemory ? Source.Memory(source, new(0)) : Source.Flat(source, s.Parameters(inputs)),
            form.TargetInMemory ? Target.Memory(target, new(inputs)) : Target.Flat(target, type.Results));
        return b.Finish(Id, FuncRole.Helper, Name(copy), type);
    }

    private static string Name(Copy copy) => copy switch
    {
        Copy.Text or Copy.Pair => "string",
        Copy.List => "list",
        Copy.Repeat => "fixed-list",
        Copy.Seq { Kind: SeqKind.Tuple } => "tuple",
        Copy.Seq { Kind: SeqKind.Record } => "record",
        Copy.Seq => "params",
        Copy.Cases { Flavor: VariantFlavor.Option } => "option",
        Copy.Cases { Flavor: VariantFlavor.Result } => "result",
        Copy.Cases { Flavor: VariantFlavor.Enum } => "enum",
        Copy.Cases => "variant",
        Copy.Flags => "flags",
        Copy.Handle => "handle",
        Copy.Scalar => "scalar",
        Copy.Bytes => "bytes",
        Copy.Blocks => "blocks",
        Copy.Helper => "helper",
    };
}
