using System;
using Fact.Ir;

namespace Fact.Component.Plan;

/// <summary>The adapter modules, with what their imports denote.</summary>
internal static class AdapterModulesJson
{
    /// <summary>The lists of adapter modules and adapters.</summary>
    public static void Write(JsonSink json, LinkPlan plan, EquatableArray<ModuleInterface> compiled, Func<AdapterModuleId, string> fileName)
    {
        int next = 0;
        json.Root("adapterModules", plan.AdapterModules, (json, module) => json.Object(module, (json, module) =>
        {
            int at = next++;
            json.Text("file", fileName(new AdapterModuleId((uint)at)));
            json.Id("firstAdapter", module.First.Value);
            json.Number("adapters", module.Adapters.Length);
            if (at >= compiled.Length)
                return;
            Interface(json, compiled[at]);
        }));
        json.Root("adapters", plan.Adapters, static (json, adapter) => json.Object(adapter, static (json, adapter) =>
        {
            json.Text("name", adapter.Adapter.Name);
            json.Id("module", adapter.Module?.Value);
            json.Name("func", adapter.FuncName);
            json.Name("interface", adapter.Interface);
            json.Number("offset", adapter.Offset);
            json.Id("callee", adapter.Adapter.Callee.Value);
            json.Id("results", adapter.Adapter.TaskReturn.Value);
            json.Object("lift", adapter.Adapter.Lift, Side);
            json.Object("lower", adapter.Adapter.Lower, Side);
        }));
    }

    /// <summary>What a module needs and gives.</summary>
    public static void Interface(JsonSink json, ModuleInterface module)
    {
        json.Array("imports", module.Imports, static (json, import) => json.Object(import, Import));
        json.Array("exports", module.Exports, static (json, export) => json.Object(export, static (json, export) =>
        {
            json.Text("name", export.Name);
            json.CoreType("type", export.Type);
        }));
    }

    private static void Side(JsonSink json, AdapterSide side)
    {
        json.Id("instance", side.Instance.Id.Value);
        json.FuncType("type", side.Type);
    }

    private static void Import(JsonSink json, ModuleImport import)
    {
        json.Text("module", import.Module);
        json.Text("name", import.Name);
        json.Object("type", import.Type, static (json, type) =>
        {
            switch (type)
            {
                case ModuleImportType.Func(var func):
                    json.Kind("func");
                    json.CoreType("type", func);
                    break;
                case ModuleImportType.Memory(var memory):
                    json.Kind("memory");
                    json.Flag("memory64", memory.Is64);
                    json.Number("pageSizeLog2", memory.PageSizeLog2);
                    break;
                case ModuleImportType.MutableI32:
                    json.Kind("mutable-i32");
                    break;
            }
        });
        json.Object("denotes", import.Denotes, Denotes);
    }

    private static void Denotes(JsonSink json, Import import)
    {
        switch (import)
        {
            case Ir.Import.InstanceFlags(var instance):
                json.Kind("instance-flags");
                json.Id("instance", instance.Value);
                break;
            case Ir.Import.Memory(var id, _):
                json.Kind("memory");
                json.Id("memory", id.Value);
                break;
            case Ir.Import.Realloc(var func, _):
                Func(json, "realloc", func);
                break;
            case Ir.Import.Callback(var func):
                Func(json, "callback", func);
                break;
            case Ir.Import.Callee(_, var func, _):
                Func(json, "callee", func);
                break;
            case Ir.Import.PostReturn(_, var func, _):
                Func(json, "post-return", func);
                break;
            case Ir.Import.Transcode(var op, var from, var to):
                json.Kind("transcode");
                json.Text("op", KebabCase.Of(op.ToString()));
                json.Id("from", from.Id.Value);
                json.Id("to", to.Id.Value);
                break;
            case Ir.Import.Transfer(var kind):
                json.Kind("transfer");
                json.Text("what", KebabCase.Of(kind.ToString()));
                break;
            case Ir.Import.ResourceEnterCall:
                json.Kind("resource-enter-call");
                break;
            case Ir.Import.ResourceExitCall:
                json.Kind("resource-exit-call");
                break;
            case Ir.Import.ResourceDrop(var resource):
                json.Kind("resource-drop");
                json.Id("resource", resource.Value);
                break;
            case Ir.Import.PrepareCall(var adapter, _, var memory):
                Call(json, "prepare-call", adapter);
                json.Id("memory", memory?.Id.Value);
                break;
            case Ir.Import.SyncStartCall(var adapter, var callback, _):
                Call(json, "sync-start-call", adapter);
                json.Id("callback", callback?.Value);
                break;
            case Ir.Import.AsyncStartCall(var adapter, var callback, var postReturn):
                Call(json, "async-start-call", adapter);
                json.Id("callback", callback?.Value);
                json.Id("postReturn", postReturn?.Value);
                break;
        }
    }

    private static void Func(JsonSink json, string kind, CoreFuncId func)
    {
        json.Kind(kind);
        json.Id("func", func.Value);
    }

    private static void Call(JsonSink json, string kind, string adapter)
    {
        json.Kind(kind);
        json.Text("adapter", adapter);
    }
}
