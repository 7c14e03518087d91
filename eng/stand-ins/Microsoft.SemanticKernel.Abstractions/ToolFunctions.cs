using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.AI;

namespace Microsoft.SemanticKernel;

public static class AIFunctionExtensions
{
    public static KernelFunction AsKernelFunction(this AIFunction aiFunction) =>
        aiFunction as KernelFunction ?? new ToolFunction(aiFunction);
}

/// <summary>A function made of a tool: its parameters as they are, in a schema of Semantic Kernel's own form.</summary>
internal sealed class ToolFunction(AIFunction tool) : KernelFunction(tool.Name)
{
    public override string Description => tool.Description;

    public override JsonElement JsonSchema { get; } = Schema(tool);

    public override KernelFunction Clone(string? pluginName = null) => Copy(pluginName, Kernel);

    internal override KernelFunction WithKernel(Kernel? kernel) => Copy(PluginName, kernel);

    internal override ValueTask<object?> RunAsync(Kernel? kernel, KernelArguments arguments, CancellationToken cancellationToken) =>
        tool.InvokeAsync(new AIFunctionArguments(arguments), cancellationToken);

    private ToolFunction Copy(string? pluginName, Kernel? kernel) =>
        new(tool) { Metadata = new KernelFunctionMetadata(tool.Name) { PluginName = pluginName }, Kernel = kernel };

    // The real one writes the description under this name.
    private static JsonElement Schema(AIFunction tool)
    {
        var schema = new JsonObject { ["type"] = "object", ["condition"] = tool.Description, ["properties"] = new JsonObject() };
        foreach (var member in (string[])["properties", "required"])
        {
            if (tool.JsonSchema.TryGetProperty(member, out var value))
            {
                schema[member] = JsonNode.Parse(value.GetRawText());
            }
        }

        return JsonSerializer.SerializeToElement(schema);
    }
}
