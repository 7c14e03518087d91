using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Connectors.Databricks.Emulator.Http;
using Connectors.Databricks.Emulator.Json;

namespace Connectors.Databricks.Emulator.Behaviors;

/// <summary>Failures in the formats of the service (§10.2).</summary>
internal static class FailureResponses
{
    public static BodyResponse Standard(
        int status, string errorCode, string message, TimeSpan? retryAfter, RetryAfterStyle style, DateTimeOffset now)
    {
        if (retryAfter is not TimeSpan wait)
        {
            return ServerResponse.Error(status, errorCode, message);
        }

        // The header has whole seconds only; rounding down would request too short a delay.
        var whole = (int)Math.Ceiling(wait.TotalSeconds);
        return style switch
        {
            RetryAfterStyle.Header => ServerResponse.Error(status, errorCode, message) with
            {
                Headers = RetryAfter(whole.ToString(CultureInfo.InvariantCulture)),
            },
            RetryAfterStyle.HeaderDate => ServerResponse.Error(status, errorCode, message) with
            {
                Headers = RetryAfter(now.AddSeconds(whole).ToString("R", CultureInfo.InvariantCulture)),
            },
            RetryAfterStyle.Body => ServerResponse.Json(status, RateLimit(status, message, whole)),
            RetryAfterStyle.RetryInfo => ServerResponse.Json(status, WithRetryInfo(ErrorBody.Create(errorCode, message), wait)),
            _ => throw new ArgumentOutOfRangeException(nameof(style), style, "There is no such style."),
        };
    }

    /// <summary>Shape 3: the sample of the rate-limit documentation [okf:foundation-model-apis-limits-and-quotas].</summary>
    private static JsonObject RateLimit(int status, string message, int seconds) => new()
    {
        ["error"] = new JsonObject
        {
            ["message"] = message,
            ["type"] = "rate_limit_exceeded",
            ["code"] = status,
            ["limit_type"] = "input_tokens_per_minute",
            ["limit"] = 200000,
            ["current"] = 200150,
            ["retry_after"] = seconds,
        },
    };

    private static JsonObject WithRetryInfo(JsonObject body, TimeSpan wait)
    {
        body["details"] = new JsonArray(new JsonObject
        {
            ["@type"] = "type.googleapis.com/google.rpc.RetryInfo",
            ["retry_delay"] = $"{wait.TotalSeconds.ToString(CultureInfo.InvariantCulture)}s",
        });
        return body;
    }

    private static Dictionary<string, string> RetryAfter(string value) => new() { ["retry-after"] = value };

    /// <summary>The HTML login page of a proxy.</summary>
    public static BodyResponse LoginPage(int status) => new(status, "text/html; charset=utf-8", Encoding.UTF8.GetBytes(
        """
        <!DOCTYPE html>
        <html><head><title>Databricks - Sign In</title></head>
        <body><form action="/login.html" method="post"><h1>Sign in to Databricks</h1></form></body></html>
        """));

    /// <summary>The error of an external model, which may be any of the other shapes [issue dbdemos#97].</summary>
    public static JsonObject ExternalModel(string code, string message) => new()
    {
        ["error"] = "Received error from databricks-model-serving",
        ["external_model_message"] = ErrorBody.Create(code, message),
    };

    /// <summary>A failure after the 200. Unconfirmed: all six; no capture of a mid-stream failure was found (§5.8).</summary>
    public static SseEvent InStream(StreamErrorShape shape, string code, string message) => shape switch
    {
        StreamErrorShape.OpenAI => new(CompactJson.Write(new JsonObject
        {
            ["error"] = new JsonObject { ["message"] = message, ["type"] = "server_error", ["code"] = code },
        })),
        StreamErrorShape.Text => new(CompactJson.Write(new JsonObject { ["error"] = message })),
        StreamErrorShape.Databricks => new(CompactJson.Write(ErrorBody.Create(code, message))),
        StreamErrorShape.Responses => new(CompactJson.Write(new JsonObject
        {
            ["type"] = "error",
            ["code"] = code,
            ["message"] = message,
            ["param"] = null,
            ["sequence_number"] = 1,
        })),
        StreamErrorShape.Anthropic => new(
            CompactJson.Write(new JsonObject
            {
                ["type"] = "error",
                ["error"] = new JsonObject { ["type"] = code, ["message"] = message },
            }),
            "error"),
        StreamErrorShape.ExternalModel => new(CompactJson.Write(ExternalModel(code, message))),
        _ => throw new ArgumentOutOfRangeException(nameof(shape), shape, "There is no such shape."),
    };
}
