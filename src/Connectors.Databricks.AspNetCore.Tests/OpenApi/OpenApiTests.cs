using System.Text.Json;
using System.Text.Json.Nodes;
using Connectors.Databricks.AspNetCore.Chat;
using Connectors.Databricks.AspNetCore.ServingEndpoints;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.OpenApi;

namespace Connectors.Databricks.AspNetCore.Tests.OpenApi;

/// <summary>The OpenAPI document that Microsoft.AspNetCore.OpenApi creates for an app with all routes.</summary>
public class OpenApiTests
{
    private static readonly HashSet<string> OpenAIErrors = ["OpenAIErrorSchema"];

    private static Task<TestApp> StartAsync(Action<JsonSerializerOptions>? json = null) => TestApp.StartAsync(
        app =>
        {
            app.MapOpenApi();
            app.MapDatabricksChat("/chat", options => options.AllowAnyEndpoint = true);
            app.MapOpenAICompatibility("/v1", options => options.AllowAnyEndpoint = true);
            app.MapDatabricksModelHub("/models");
            app.MapDatabricksHealth("/health");
            app.MapDatabricksServingEndpoints("/serving-endpoints", options => options.AllowAnyEndpoint = true);
        },
        services =>
        {
            services.AddHealthChecks().AddDatabricksEndpoint("databricks-claude-sonnet-4-5");
            services.AddOpenApi().ConfigureHttpJsonOptions(options => json?.Invoke(options.SerializerOptions));
        });

    private static async Task<string> TextAsync(TestApp app) =>
        (await app.Http.GetStringAsync(new Uri("/openapi/v1.json", UriKind.Relative)))
            .Replace(app.Address.AbsoluteUri, "http://app/", StringComparison.Ordinal);

    private static async Task<OpenApiDocument> DocumentAsync(TestApp app)
    {
        var result = OpenApiDocument.Parse(await TextAsync(app), OpenApiConstants.Json);
        Assert.Empty(result.Diagnostic!.Errors);
        return result.Document!;
    }

    public static TheoryData<string, string, string, string, string, string> Routes => new()
    {
        { "POST", "/chat", "", "ChatRequestSchema", "ChatResponseSchema", "400 404 406 413 415 429 502 503 504" },
        { "POST", "/v1/chat/completions", "", "OpenAIChatCompletionRequestSchema", "OpenAIChatCompletionSchema",
            "400 404 413 415 429 502 503 504" },
        { "POST", "/v1/responses", "", "OpenAIResponsesRequestSchema", "OpenAIResponseSchema", "400 404 413 415 429 502 503 504" },
        { "POST", "/v1/embeddings", "", "OpenAIEmbeddingsRequestSchema", "OpenAIEmbeddingsSchema", "400 404 413 415 429 502 503 504" },
        { "GET", "/v1/models", "", "", "OpenAIModelsSchema", "429 502 503 504" },
        { "GET", "/v1/models/{model}", "model", "", "OpenAIModelSchema", "404 429 502 503 504" },
        { "GET", "/health", "", "", "HealthSchema", "503" },
        { "GET", "/serving-endpoints", "", "", "ServingEndpointsSchema", "429 502 503 504" },
        { "GET", "/serving-endpoints/{name}", "name", "", "ServingEndpointSchema", "404 429 502 503 504" },
        { "POST", "/serving-endpoints/{name}/predict", "name", "PredictionRequestSchema", "PredictionSchema",
            "400 404 413 415 429 502 503 504" },
        { "POST", "/serving-endpoints/{name}/batch-predict", "name", "BatchPredictionRequestSchema", "BatchPredictionSchema",
            "400 404 413 415 429 502 503 504" },
        { "GET", "/models/public/model_hub", "", "", "ModelHubModelSchema", "400 429 502 503 504" },
        { "GET", "/models/public/databricks/serving_endpoints", "", "", "ModelHubEndpointsSchema", "400 429 502 503 504" },
    };

    [Theory, MemberData(nameof(Routes))]
    public async Task A_route_is_described_with_its_documents_and_errors(
        string method, string path, string parameters, string request, string response, string errors)
    {
        await using var app = await StartAsync();
        var document = await DocumentAsync(app);

        var operation = document.Paths[path].Operations![new HttpMethod(method)];

        var json = (operation.RequestBody?.Content ?? new Dictionary<string, OpenApiMediaType>()).Values.SingleOrDefault();
        var success = operation.Responses!["200"].Content!["application/json"];
        var failures = operation.Responses.Where(item => item.Key != "200").ToArray();
        Assert.Equal(
            (parameters, request, response, errors),
            (string.Join(' ', operation.Parameters?.Select(parameter => parameter.Name) ?? []), SchemaOf(json), SchemaOf(success),
                string.Join(' ', failures.Select(item => item.Key).Order(StringComparer.Ordinal))));
        HashSet<string> schemas = [.. failures.SelectMany(failure => failure.Value.Content!.Values).Select(SchemaOf)];
        Assert.Equal(
            path.StartsWith("/v1", StringComparison.Ordinal) ? OpenAIErrors : path == "/health" ? ["HealthSchema"] : ["ProblemDetails"],
            schemas);
        Assert.False(string.IsNullOrEmpty(operation.Summary) || string.IsNullOrEmpty(operation.Description));
    }

    [Fact]
    public async Task No_route_lacks_a_description()
    {
        await using var app = await StartAsync();
        var document = await DocumentAsync(app);

        Assert.Equal(
            Routes.Select(route => $"{route[0]} {route[1]}").Order(StringComparer.Ordinal),
            document.Paths.SelectMany(path => path.Value.Operations!.Keys.Select(method => $"{method} {path.Key}"))
                .Order(StringComparer.Ordinal));
    }

    [Theory, InlineData("without reflection"), InlineData("another naming policy")]
    public async Task The_document_does_not_depend_on_the_JSON_options_of_the_app(string difference)
    {
        await using var usual = await StartAsync();
        await using var other = await StartAsync(json =>
        {
            if (difference == "without reflection")
            {
                json.TypeInfoResolverChain.Clear();
            }
            else
            {
                json.PropertyNamingPolicy = JsonNamingPolicy.KebabCaseUpper;
            }
        });

        var expected = JsonNode.Parse(await TextAsync(usual))!.AsObject();
        var actual = JsonNode.Parse(await TextAsync(other))!.AsObject();

        // The framework's own type has the names of the app.
        Assert.True(expected["components"]!["schemas"]!.AsObject().Remove("ProblemDetails"));
        Assert.True(actual["components"]!["schemas"]!.AsObject().Remove("ProblemDetails"));
        Assert.Equal(expected.ToJsonString(), actual.ToJsonString());
    }

    [Fact]
    public async Task The_described_members_of_a_chat_request_are_those_that_are_read()
    {
        await using var app = await StartAsync();
        var document = await DocumentAsync(app);

        Assert.Equal(ChatRequestFromJson.Members, document.Components!.Schemas!["ChatRequestSchema"].Properties!.Keys);
    }

    [Theory]
    [InlineData("/chat", """{"endpoint":"databricks-gpt-5-2","messages":[{"role":"user","content":"hi"}]}""", "ChatResponseSchema")]
    [InlineData("/v1/embeddings", """{"model":"databricks-gte-large-en","input":"hi"}""", "OpenAIEmbeddingsSchema")]
    public async Task The_members_of_a_response_are_described(string path, string body, string schema)
    {
        await using var app = await StartAsync();
        var document = await DocumentAsync(app);

        var (_, json) = await app.PostAsync(path, body, "application/json");

        Assert.Subset(
            document.Components!.Schemas![schema].Properties!.Keys.ToHashSet(), json.Select(member => member.Key).ToHashSet());
    }

    [Fact]
    public async Task The_members_of_the_model_hub_are_described()
    {
        await using var app = await StartAsync();
        var schemas = (await DocumentAsync(app)).Components!.Schemas!;

        async Task AssertDescribedAsync(string path, string schema, Func<JsonNode, JsonNode> item)
        {
            var json = item(JsonNode.Parse(await app.Http.GetStringAsync(new Uri(path, UriKind.Relative)))!).AsObject();
            Assert.Subset(schemas[schema].Properties!.Keys.ToHashSet(), json.Select(member => member.Key).ToHashSet());
        }

        await AssertDescribedAsync("/models/public/model_hub", "ModelHubModelSchema", json => json[0]!);
        await AssertDescribedAsync("/models/public/databricks/serving_endpoints", "ModelHubEndpointsSchema", json => json);
        await AssertDescribedAsync("/models/public/databricks/serving_endpoints", "ModelHubEndpointSchema", json => json["endpoints"]![0]!);
    }

    [Fact]
    public async Task The_members_of_serving_endpoints_are_described()
    {
        await using var app = await StartAsync();
        app.Emulator.AddClassicEndpoint("churn-v1");
        var schemas = (await DocumentAsync(app)).Components!.Schemas!;
        var endpoint = (await app.GetAsync("/serving-endpoints/churn-v1")).Json;
        var batch = (await app.PostAsync("/serving-endpoints/churn-v1/batch-predict", """{"items":[{"inputs":[[10,50]]},7]}""")).Json;

        foreach (var (schema, json) in ((string, JsonNode)[])
            [
                ("ServingEndpointSchema", endpoint), ("ServedEntitySchema", endpoint["servedEntities"]![0]!),
                ("ServingSignatureSchema", endpoint["signature"]!), ("ServingColumnSchema", endpoint["signature"]!["inputs"]![0]!),
                ("BatchPredictionSchema", batch), ("BatchPredictionResultSchema", batch["results"]![0]!),
                ("BatchPredictionResultSchema", batch["results"]![1]!),
            ])
        {
            Assert.Subset(schemas[schema].Properties!.Keys.ToHashSet(), json.AsObject().Select(member => member.Key).ToHashSet());
        }

        Assert.Equal(PredictionRequestFromJson.Members, schemas["PredictionRequestSchema"].Properties!.Keys);
    }

    // A list is described by its items.
    private static string SchemaOf(OpenApiMediaType? content) =>
        ((content?.Schema?.Items ?? content?.Schema) as OpenApiSchemaReference)?.Reference.Id ?? "";
}
