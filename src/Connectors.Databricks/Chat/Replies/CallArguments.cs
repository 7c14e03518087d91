using System.Text;
using System.Text.Json;
using Connectors.Databricks.Wire;
using Microsoft.Extensions.AI;

namespace Connectors.Databricks.Chat.Replies;

/// <summary>Parses the arguments of a tool call; arguments that are not a JSON object are reported on the call.</summary>
internal static class CallArguments
{
    /// <summary>Creates a call whose arguments cannot be parsed, with their text and the exception.</summary>
    public static FunctionCallContent Broken(string callId, string name, ReadOnlySpan<byte> text, Exception? failure) =>
        new(callId, name)
        {
            Exception = failure,
            AdditionalProperties = new() { [DatabricksPropertyNames.RawArguments] = Encoding.UTF8.GetString(text) },
        };

    /// <summary>Parses arguments; empty ones are those of a call without arguments (serving reference §4.2).</summary>
    /// <param name="text">The arguments.</param>
    /// <param name="items">Counts the arguments.</param>
    /// <param name="arguments">The arguments by name.</param>
    /// <param name="failure">Why they are not a JSON object.</param>
    public static bool TryParse(
        ReadOnlySpan<byte> text, ItemBudget items, out Dictionary<string, object?>? arguments, out Exception? failure)
    {
        arguments = [];
        failure = null;
        if (text.Trim(" \t\r\n"u8).IsEmpty)
        {
            return true;
        }

        try
        {
            var reader = new Utf8JsonReader(text);
            reader.Read();
            if (reader.TokenType != JsonTokenType.StartObject)
            {
                failure = new JsonException($"The arguments are a JSON {reader.TokenType}, not an object.");
                return false;
            }

            while (reader.NextProperty())
            {
                items.Spend();
                var name = reader.GetString()!;
                arguments[name] = reader.NextElement() is { } value ? value : null;
            }

            // Text after the object makes the arguments invalid JSON.
            reader.Read();
            return true;
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            failure = exception;
            return false;
        }
    }
}
