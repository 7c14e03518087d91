using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Connectors.Databricks.Wire;
using Microsoft.Extensions.AI;

namespace Connectors.Databricks.Chat.Requests;

/// <summary>
/// Writes the text of function results. It is a string, so media that a tool returned are kept for a user message behind the last result of
/// the turn (serving reference §3.3).
/// </summary>
internal sealed class ResultText(Utf8JsonWriter writer, ChatRequest request, JsonSerializerOptions serializerOptions)
{
    private const string Field = "messages.tool_results";

    private List<(string CallId, AIContent Content)>? _moved;

    public bool HasMoved => _moved is { Count: > 0 };

    /// <summary>Returns the media of the results written so far, and clears the list.</summary>
    public List<(string CallId, AIContent Content)> TakeMoved()
    {
        var moved = _moved ?? [];
        _moved = null;
        return moved;
    }

    public void Write(FunctionResultContent result)
    {
        try
        {
            WriteValue(result);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            // Any exception, also of a property getter: the model receives the error, and the turn continues.
            writer.WriteStringValue(ErrorFor(result.CallId, result.Result, exception));
        }
    }

    // Serialization fails before anything is written.
    private void WriteValue(FunctionResultContent result)
    {
        switch (result.Result)
        {
            case null when result.Exception is { } exception:
                writer.WriteStringValue(Error(exception));
                break;
            case Exception exception:
                writer.WriteStringValue(Error(exception));
                break;
            case null:
                // JSON null: an empty string would be rejected.
                writer.WriteStringValue("null"u8);
                break;
            case string text:
                WriteText(text);
                break;
            case JsonElement { ValueKind: JsonValueKind.String } element:
                WriteText(element.GetString()!);
                break;
            case JsonValue node when node.TryGetValue<string>(out var text):
                WriteText(text);
                break;
            default:
                if (ResultContents.Of(result) is { } contents)
                {
                    WriteContents(result.CallId, contents);
                }
                else
                {
                    using var json = Json(result.Result);
                    writer.WriteStringValue(json.Contiguous());
                }

                break;
        }
    }

    // The JSON of an empty string is two quotation marks, which are not empty.
    private void WriteText(string text) => writer.WriteStringValue(text.Length > 0 ? text : "\"\"");

    private void WriteContents(string callId, IReadOnlyList<AIContent> contents)
    {
        var text = new StringBuilder();
        var moved = 0;
        var isLine = false;
        foreach (var content in contents)
        {
            switch (content)
            {
                case TextContent part when isLine:
                    AppendLine(text, part.Text);
                    isLine = false;
                    break;
                case TextContent part:
                    // One text may be split into several contents.
                    text.Append(part.Text);
                    break;
                case not null when ContentRules.IsSupported(content):
                    (_moved ??= []).Add((callId, content));
                    moved++;
                    break;
                default:
                    AppendLine(text, content switch
                    {
                        ErrorContent error => $"Error: {error.Message}",
                        ResultValue value => TextOf(callId, value.Value),
                        _ => ErrorFor(callId, content),
                    });
                    isLine = true;
                    break;
            }
        }

        if (text.Length == 0 && moved > 0)
        {
            text.Append("The result follows in the next user message.");
        }

        WriteText(text.ToString());
    }

    private static void AppendLine(StringBuilder text, string line) => text.Append(text.Length > 0 ? "\n" : string.Empty).Append(line);

    private string TextOf(string callId, object? value)
    {
        try
        {
            if (value is string or Exception)
            {
                return value as string ?? Error((Exception)value);
            }

            using var json = Json(value);
            return Encoding.UTF8.GetString(json.Contiguous());
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            return ErrorFor(callId, value, exception);
        }
    }

    private SegmentedBuffer Json(object? value)
    {
        var buffer = new SegmentedBuffer();
        try
        {
            using var inner = JsonWriting.CreateWriter(buffer);
            JsonValueToWire.Write(inner, value, serializerOptions);
            inner.Flush();
            return buffer;
        }
        catch
        {
            buffer.Dispose();
            throw;
        }
    }

    // Only the message: other properties of an exception must not reach the model.
    private static string Error(Exception exception) => $"Error: {exception.Message}";

    private string ErrorFor(string callId, AIContent? content)
    {
        var reason = ContentRules.Unsupported(content, "a function result").Message;
        request.Note(Field, "a content without a place sent as an error", $"call '{callId}': {reason}", affectsAnswer: true);
        return $"Error: {ContentRules.Named(content)} cannot be sent in a function result.";
    }

    // The model receives the type of the value; the exception is for the app, because it may quote the value.
    private string ErrorFor(string callId, object? value, Exception exception)
    {
        request.Note(Field, "a result without a JSON form sent as an error", $"call '{callId}': {exception.Message}", affectsAnswer: true);
        return $"Error: The result cannot be written as JSON ({JsonValueToWire.Describe(value)}).";
    }
}
