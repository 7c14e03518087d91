using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Connectors.Databricks.Emulator.Json;
using Connectors.Databricks.Emulator.Sql.Parsing;

namespace Connectors.Databricks.Emulator.Sql.Engine;

/// <summary>Sends one request of <c>ai_query</c> to a model of the emulator.</summary>
internal sealed class ModelQuery(
    DatabricksEmulator emulator, string? authorization, IReadOnlyList<AiQueryCall> calls, CancellationToken cancellationToken)
{
    private static long _number = 1L << 40;
    private long _count;

    /// <summary>The number of requests.</summary>
    public long Count => Interlocked.Read(ref _count);

    /// <returns>The text of the response, or a document with both members for a call that does not fail.</returns>
    /// <exception cref="SqlException">The request failed, and the call fails on errors.</exception>
    public string Send(int call, string request, string parameters)
    {
        cancellationToken.ThrowIfCancellationRequested();
        Interlocked.Increment(ref _count);
        var settings = calls[call];
        var (text, error) = Send(settings, request, parameters);
        if (!settings.FailOnError)
        {
            return CompactJson.Write(new JsonObject { ["response"] = text, ["errorMessage"] = error });
        }

        // Unconfirmed: the condition and the text.
        return text ?? throw new SqlException(
            "BAD_REQUEST", $"[AI_FUNCTION_HTTP_REQUEST_ERROR] Error occurred while making an HTTP request for function ai_query: {error}");
    }

    private (string? Text, string? Error) Send(AiQueryCall call, string request, string parameters)
    {
        var body = new JsonObject
        {
            ["messages"] = new JsonArray(new JsonObject { ["role"] = "user", ["content"] = request }),
        };
        if (parameters.Length > 0 && JsonNode.Parse(parameters) is JsonObject settings)
        {
            foreach (var (name, value) in settings)
            {
                body[name] = value?.DeepClone();
            }
        }

        if (call.ResponseFormat is string format)
        {
            try
            {
                body["response_format"] = JsonNode.Parse(format);
            }
            catch (JsonException)
            {
                throw SqlException.Unsupported("a responseFormat that is not JSON");
            }
        }

        var response = emulator.QueryModel(call.Endpoint, body, authorization, Interlocked.Increment(ref _number));
        var document = Encoding.UTF8.GetString(response.Body);
        JsonNode? json = null;
        try
        {
            json = JsonNode.Parse(document);
        }
        catch (JsonException)
        {
            // An error may be plain text.
        }

        return response.Status == 200 && Content(json) is string text
            ? (text, null)
            : (null, json?["message"]?.GetValueKind() == JsonValueKind.String ? json["message"]!.GetValue<string>() : document);
    }

    private static string? Content(JsonNode? json) => (json as JsonObject)?["choices"]?[0]?["message"]?["content"] switch
    {
        JsonValue text => text.GetValue<string>(),
        JsonArray parts => string.Concat(parts.OfType<JsonObject>().Select(part => part["text"]?.GetValue<string>())),
        _ => null,
    };
}
