using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.SemanticKernel;

namespace Connectors.Databricks.SemanticKernel.Functions;

/// <summary>Says a function's result as the text that goes to the model, in the form of Semantic Kernel's OpenAI connector.</summary>
internal static class FunctionResultText
{
    // Models read plain characters better than escapes.
    private static readonly JsonSerializerOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Of(object value) => value switch
    {
        string text => text,
        ChatMessageContent message => message.ToString(),
        IEnumerable<ChatMessageContent> messages => string.Join(",", messages.Select(message => message.ToString())),
        _ => JsonSerializer.Serialize(value, Readable),
    };
}
