using Microsoft.SemanticKernel;

namespace Connectors.Databricks.SemanticKernel.Contents;

/// <summary>How the names and the arguments of a model's calls are to be read: by what was on offer.</summary>
/// <param name="Offered">The functions of the request, by the name that is sent to the model.</param>
/// <param name="RetainArgumentTypes">Whether arguments keep the types of their JSON instead of becoming text.</param>
internal sealed record FunctionNaming(IReadOnlyDictionary<string, KernelFunction> Offered, bool RetainArgumentTypes)
{
    public static FunctionNaming None { get; } = new(new Dictionary<string, KernelFunction>(), RetainArgumentTypes: false);

    public (string? PluginName, string FunctionName) Split(string name) =>
        Offered.TryGetValue(name, out var function) ? (function.PluginName, function.Name) : FunctionNames.Split(name);
}
