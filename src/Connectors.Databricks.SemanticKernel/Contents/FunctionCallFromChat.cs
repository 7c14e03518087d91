using System.Text.Json;
using Microsoft.SemanticKernel;
using AI = Microsoft.Extensions.AI;

namespace Connectors.Databricks.SemanticKernel.Contents;

/// <summary>Turns a model's call into one of Semantic Kernel: plugin and function by name, arguments as its apps expect them.</summary>
internal static class FunctionCallFromChat
{
    private static readonly JsonSerializerOptions OnOneLine = new(AI.AIJsonUtilities.DefaultOptions) { WriteIndented = false };

    public static FunctionCallContent Read(AI.FunctionCallContent call, FunctionNaming naming)
    {
        var (pluginName, functionName) = naming.Split(call.Name);
        var metadata = call.AdditionalProperties is { Count: > 0 } properties ? new Dictionary<string, object?>(properties) : null;
        var arguments = Arguments(call, naming, ref metadata);
        return new FunctionCallContent(functionName, pluginName, call.CallId, arguments)
        {
            // Without an inner exception: one that was thrown has a stack, which a history cannot be serialized with.
            Exception = call.Exception is not null
                ? new KernelException("Error: Function call arguments were invalid JSON.")
                : null,
            Metadata = metadata,
        };
    }

    private static KernelArguments? Arguments(AI.FunctionCallContent call, FunctionNaming naming, ref Dictionary<string, object?>? metadata)
    {
        if (call.Arguments is null)
        {
            return null;
        }

        var arguments = new KernelArguments();
        var keepsTypes = naming.RetainArgumentTypes;
        foreach (var (name, value) in call.Arguments)
        {
            // Text for all of them: filters and apps of the OpenAI connector cast an argument to string.
            arguments[name] = keepsTypes ? value : value?.ToString();
        }

        if (!keepsTypes && call.Arguments.Values.Any(value => value is JsonElement { ValueKind: not JsonValueKind.String }))
        {
            (metadata ??= [])[MetadataNames.Arguments] = TypedArguments(call.Arguments);
        }

        return arguments;
    }

    /// <summary>The arguments as one JSON object.</summary>
    public static JsonElement TypedArguments(IDictionary<string, object?> arguments) =>
        JsonSerializer.SerializeToElement(arguments, OnOneLine.GetTypeInfo(typeof(IDictionary<string, object?>)));
}
