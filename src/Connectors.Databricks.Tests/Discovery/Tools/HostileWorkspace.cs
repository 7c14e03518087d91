using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Connectors.Databricks.Tests.TestServices;

namespace Connectors.Databricks.Tests.Discovery.Tools;

/// <summary>A workspace whose every text, list and object is far longer than any real one.</summary>
internal sealed class HostileWorkspace(HttpStatusCode status) : HttpMessageHandler
{
    public const int MostEndpoints = 60;

    // Quotes and line feeds double in JSON, control characters take six characters.
    public static readonly string LongText = string.Concat(Enumerable.Repeat("\"\\\n\u0001\u202E é😀x", 10_000));

    private static readonly Lazy<string> ErrorBody = new(() =>
        new JsonObject { ["error_code"] = LongText, ["message"] = LongText }.ToJsonString());
    private static readonly Lazy<string> ListBody =
        new(() => new JsonObject { ["endpoints"] = Repeat(MostEndpoints, i => Summary($"e{i}")) }.ToJsonString());
    private static readonly Lazy<string> SignatureBody = new(() => Signature().ToJsonString());
    private static readonly Lazy<string> AnswerBody = new(() => Answer().ToJsonString());
    private static readonly Lazy<string> DetailsBody = new(() => Details().ToJsonString());

    public DatabricksServingClient Serving => new DatabricksServingClient(new DatabricksServingOptions
    {
        Host = Some.Host,
        Credential = DatabricksCredential.FromToken(Some.Token),
        HttpClient = new HttpClient(this, disposeHandler: false),
        Resilience = { Retry = null },
    });

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var path = request.RequestUri!.AbsolutePath;
        var body = status != HttpStatusCode.OK ? ErrorBody
            : path.EndsWith("/serving-endpoints", StringComparison.Ordinal) ? ListBody
            : path.EndsWith("/openapi", StringComparison.Ordinal) ? SignatureBody
            : path.EndsWith("/invocations", StringComparison.Ordinal) ? AnswerBody
            : DetailsBody;
        return Task.FromResult(new HttpResponseMessage(
            status) { Content = new StringContent(body.Value, Encoding.UTF8, "application/json") });
    }

    private static JsonObject Summary(string name) => new()
    {
        ["name"] = name,
        ["task"] = "llm/v1/chat",
        ["description"] = LongText[..500],
        ["state"] = new JsonObject { ["ready"] = "READY", ["config_update"] = LongText[..2_000] },
        ["config"] = new JsonObject { ["served_entities"] = new JsonArray(new JsonObject { ["entity_name"] = LongText[..500] }) },
    };

    private static JsonObject Details() => new()
    {
        ["name"] = LongText,
        ["task"] = LongText,
        ["creator"] = LongText,
        ["description"] = LongText,
        ["permission_level"] = LongText,
        ["state"] = new JsonObject { ["ready"] = LongText, ["config_update"] = LongText },
        ["tags"] = Repeat(500, i => new JsonObject { ["key"] = $"{i}{LongText[..300]}", ["value"] = LongText[..300] }),
        ["config"] = new JsonObject
        {
            ["served_entities"] = Repeat(50, _ => new JsonObject
            {
                ["name"] = LongText[..500],
                ["entity_name"] = LongText[..500],
                ["state"] = new JsonObject { ["deployment"] = LongText[..500], ["deployment_state_message"] = LongText[..2_000] },
            }),
        },
    };

    private static JsonObject Signature()
    {
        JsonObject example = [];
        for (var i = 0; i < 300; i++)
        {
            example[$"{i}{LongText[..100]}"] = JsonNode.Parse(new string('9', 500));
        }

        JsonObject properties = [];
        for (var i = 0; i < 300; i++)
        {
            properties[$"{i}{LongText[..100]}"] = new JsonObject { ["type"] = "string" };
        }

        return new JsonObject
        {
            ["paths"] = new JsonObject
            {
                ["/served-models/champion/invocations"] = new JsonObject
                {
                    ["post"] = new JsonObject
                    {
                        ["requestBody"] = new JsonObject
                        {
                            ["content"] = new JsonObject
                            {
                                ["application/json"] = new JsonObject
                                {
                                    ["schema"] = new JsonObject
                                    {
                                        ["oneOf"] = new JsonArray(new JsonObject
                                        {
                                            ["type"] = "object",
                                            ["properties"] = new JsonObject
                                            {
                                                ["dataframe_records"] = new JsonObject
                                                {
                                                    ["type"] = "array",
                                                    ["items"] = new JsonObject { ["type"] = "object", ["properties"] = properties },
                                                },
                                            },
                                            ["examples"] = new JsonArray(new JsonObject { ["dataframe_records"] = new JsonArray(example) }),
                                        }),
                                    },
                                },
                            },
                        },
                    },
                },
            },
        };
    }

    private static JsonObject Answer() => new()
    {
        ["choices"] = new JsonArray(new JsonObject
        {
            ["index"] = 0,
            ["message"] = new JsonObject { ["role"] = "assistant", ["content"] = LongText },
            ["finish_reason"] = "length",
        }),
    };

    private static JsonArray Repeat(int count, Func<int, JsonNode> create) => [.. Enumerable.Range(0, count).Select(create)];
}
