using System.Text.Encodings.Web;
using System.Text.Json;
using Connectors.Databricks.SemanticKernel.Contents;
using Microsoft.SemanticKernel;

namespace Connectors.Databricks.SemanticKernel.Functions;

/// <summary>Converts a function's result to the text for the model, in the form of Semantic Kernel's OpenAI connector.</summary>
internal static class FunctionResultText
{
    // Models read plain characters better than escapes.
    private static readonly JsonSerializerOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Describes an exception, so that the model can react to it.</summary>
    public static string Of(Exception exception) => $"Error: Exception while invoking function. {exception.Message}";

    /// <summary>Writes the result of a function; a value that has no JSON form becomes an error that the model can react to.</summary>
    public static string Of(object value, string? pluginName, string? functionName)
    {
        try
        {
            return value switch
            {
                string text => text,
                Exception exception => Of(exception),
                JsonElement { ValueKind: JsonValueKind.String } element => element.GetString()!,
                ChatMessageContent message => message.ToString(),
                IEnumerable<ChatMessageContent> messages => string.Join(",", messages.Select(message => message.ToString())),
                _ => JsonSerializer.Serialize(value, Readable),
            };
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            // Of any type: it may come from a property of the value.
            return $"Error: The result of function '{FunctionNames.Join(pluginName, functionName ?? "")}' cannot be written as JSON. " +
                exception.Message;
        }
    }
}
