using System.Text.Json;
using Microsoft.Extensions.AI;
using Microsoft.SemanticKernel;
using AI = Microsoft.Extensions.AI;

namespace Connectors.Databricks.SemanticKernel.Contents;

/// <summary>Turns a function call of the history back into the call that the model made.</summary>
internal static class FunctionCallToChat
{
    private static readonly string[] Carried =
    [
        DatabricksPropertyNames.ToolCallExtras, DatabricksPropertyNames.ToolCallId, DatabricksPropertyNames.ToolCallOrigin,
        DatabricksPropertyNames.AgentCall, DatabricksPropertyNames.RawArguments, DatabricksPropertyNames.ResponseItem,
    ];

    public static AI.FunctionCallContent Write(Microsoft.SemanticKernel.FunctionCallContent call)
    {
        var id = call.Id ?? throw new ArgumentException(
            $"The call of function '{call.FunctionName}' has no Id, so no result can refer to it.", nameof(call));
        return new AI.FunctionCallContent(id, FunctionNames.Join(call.PluginName, call.FunctionName), Arguments(call))
        {
            AdditionalProperties = Properties(call),
        };
    }

    // Apps of Semantic Kernel see every argument as text. An argument whose value is unchanged is sent with its original type.
    private static Dictionary<string, object?>? Arguments(Microsoft.SemanticKernel.FunctionCallContent call)
    {
        if (call.Arguments is null)
        {
            return null;
        }

        var typed = call.Metadata?.GetValueOrDefault(MetadataNames.Arguments) is JsonElement { ValueKind: JsonValueKind.Object } element
            ? element
            : default;
        var arguments = new Dictionary<string, object?>(call.Arguments.Count);
        foreach (var (name, value) in call.Arguments)
        {
            arguments[name] =
                typed.ValueKind == JsonValueKind.Object && typed.TryGetProperty(name, out var original) && IsTextOf(value, original)
                    ? original
                    : value;
        }

        return arguments;
    }

    private static bool IsTextOf(object? value, JsonElement original)
    {
        var text = value is JsonElement { ValueKind: JsonValueKind.String } element ? element.GetString() : value as string;
        return text is not null && (text == original.ToString() ||
            (original.ValueKind is JsonValueKind.Array or JsonValueKind.Object or JsonValueKind.Number && IsJsonOf(text, original)));
    }

    // By value: the model's whitespace and escapes are in the text, and serializing the original has removed them.
    private static bool IsJsonOf(string text, JsonElement original)
    {
        try
        {
            using var document = JsonDocument.Parse(text);
            return JsonElement.DeepEquals(document.RootElement, original);
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static AdditionalPropertiesDictionary? Properties(KernelContent item)
    {
        AdditionalPropertiesDictionary? properties = null;
        foreach (var name in Carried)
        {
            if (item.Metadata?.TryGetValue(name, out var value) is true && value is not null)
            {
                // From JSON a text comes back as an element.
                (properties ??= [])[name] = value is JsonElement { ValueKind: JsonValueKind.String } element ? element.GetString() : value;
            }
        }

        return properties;
    }
}
