using System.Buffers;
using System.Net;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using Connectors.Databricks.Batch.Checkpoints;
using Connectors.Databricks.Batch.Responses;
using Connectors.Databricks.Tests.TestServices;
using Microsoft.Extensions.AI;

namespace Connectors.Databricks.Tests.Batch;

/// <summary>A result that is read from a checkpoint is equal to the one that was written.</summary>
public class ResponseFormatTests
{
    private static readonly JsonElement Element = JsonElement.Parse("""{"a":[1,null,"x"]}""");

    [Fact]
    public void A_plain_text_is_written_as_the_contract_of_the_abstractions_writes_it()
    {
        var response = PlainText();
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream))
        {
            Assert.True(PlainTextResponse.TryWrite(writer, response));
        }

        Assert.Equal(ByContract(response), Sorted(JsonNode.Parse(stream.ToArray())!));
    }

    [Fact]
    public void A_plain_text_has_every_property_of_the_abstractions()
    {
        // A property that is added to Microsoft.Extensions.AI must be written, or be a reason to use its contract.
        Assert.Equal(
            ["AdditionalProperties", "ContinuationToken", "ConversationId", "CreatedAt", "FinishReason", "Messages", "ModelId",
                "RawRepresentation", "ResponseId", "Text", "Usage"],
            Names<ChatResponse>());
        Assert.Equal(
            ["AdditionalProperties", "AuthorName", "Contents", "CreatedAt", "MessageId", "RawRepresentation", "Role", "Text"],
            Names<ChatMessage>());
        Assert.Equal(["AdditionalProperties", "Annotations", "RawRepresentation", "Text"], Names<TextContent>());
        Assert.Equal(
            ["AdditionalCounts", "CachedInputTokenCount", "InputAudioTokenCount", "InputTextTokenCount", "InputTokenCount",
                "OutputAudioTokenCount", "OutputTextTokenCount", "OutputTokenCount", "ReasoningTokenCount", "TotalTokenCount"],
            Names<UsageDetails>());
    }

    [Fact]
    public void A_plain_text_is_read_back()
    {
        var read = RoundTrip(PlainText());

        Assert.Equal(ByContract(PlainText()), ByContract(read));
        Assert.Equal("req-1", Assert.IsType<string>(read.AdditionalProperties![DatabricksPropertyNames.RequestId]));
        Assert.Equal(JsonValueKind.Object, Assert.IsType<JsonElement>(read.AdditionalProperties[DatabricksPropertyNames.CustomOutputs])
            .ValueKind);
    }

    [Fact]
    public void Every_kind_of_content_is_read_back()
    {
        var response = new ChatResponse(new ChatMessage(ChatRole.Assistant,
        [
            new TextReasoningContent("thought") { ProtectedData = "sealed" },
            new TextContent("cited")
            {
                Annotations =
                [
                    new CitationAnnotation
                    {
                        Title = "t", Url = new Uri("https://a.b"), AdditionalProperties = new() { ["document_index"] = 3 },
                    },
                ],
                AdditionalProperties = new() { [DatabricksPropertyNames.ResponseItem] = "item" },
            },
            new FunctionCallContent("c1", "f", new Dictionary<string, object?> { ["x"] = JsonElement.Parse("5"), ["y"] = null })
            {
                AdditionalProperties = new()
                {
                    [DatabricksPropertyNames.ToolCallExtras] = Element, [DatabricksPropertyNames.AgentCall] = true,
                    [DatabricksPropertyNames.ToolCallOrigin] = "e",
                },
            },
            new FunctionResultContent("c1", "result"),
            new DataContent(new byte[] { 1, 2, 255 }, "image/png"),
            new UriContent("https://a.b/c.png", "image/png"),
            new ErrorContent("refused") { ErrorCode = "Refusal" },
            new AIContent { AdditionalProperties = new() { [DatabricksPropertyNames.ContentPart] = JsonElement.Parse("\"text\"") } },
        ]))
        {
            Usage = new UsageDetails
            {
                InputTokenCount = 1, CachedInputTokenCount = 2, ReasoningTokenCount = 3, AdditionalCounts = new() { ["g.x"] = 4 },
            },
            FinishReason = ChatFinishReason.ToolCalls,
        };

        var read = RoundTrip(response);

        Assert.Equal(ByContract(response), ByContract(read));
        var contents = read.Messages[0].Contents;
        Assert.Equal(
            response.Messages[0].Contents.Select(content => content.GetType()), contents.Select(content => content.GetType()));
        Assert.Equal(3, Assert.IsType<int>(contents[1].Annotations![0].AdditionalProperties!["document_index"]));
        Assert.Equal("item", contents[1].AdditionalProperties![DatabricksPropertyNames.ResponseItem]);
        Assert.Equal(true, contents[2].AdditionalProperties![DatabricksPropertyNames.AgentCall]);
        Assert.Equal("result", ((FunctionResultContent)contents[3]).Result);
        Assert.IsType<JsonElement>(contents[7].AdditionalProperties![DatabricksPropertyNames.ContentPart]);
    }

    [Fact]
    public async Task A_response_of_the_service_is_read_back()
    {
        var service = new VerbatimService().Answers(
            """{"id":"1","object":"chat.completion","created":1790000000,"model":"m","system_fingerprint":"f","choices":[{"index":0,"message":{"role":"assistant","content":"a","tool_calls":[{"id":"c","type":"function","function":{"name":"f","arguments":"{\"x\":1}"},"extra":{"y":2}}]},"logprobs":{"content":[]},"finish_reason":"tool_calls"}],"usage":{"prompt_tokens":1,"completion_tokens":2,"total_tokens":3,"prompt_tokens_details":{"cached_tokens":1}}}""",
            headers: ("x-request-id", "req-7"));
        var response = await service.Chat().GetResponseAsync("hello");

        var read = RoundTrip(response);

        Assert.Equal(ByContract(response), ByContract(read));
        foreach (var (name, value) in response.AdditionalProperties!)
        {
            Assert.Equal(value!.GetType(), read.AdditionalProperties![name]!.GetType());
        }
    }

    [Fact]
    public void Deep_values_are_read_back()
    {
        var deep = JsonElement.Parse(new string('[', 63) + new string(']', 63));
        var response = new ChatResponse(new ChatMessage(ChatRole.Assistant, "a"))
        {
            AdditionalProperties = new() { [DatabricksPropertyNames.CustomOutputs] = deep },
        };

        Assert.Equal(ByContract(response), ByContract(RoundTrip(response)));
    }

    [Fact]
    public void Embeddings_are_read_back_bit_by_bit()
    {
        float[] vector = [0.1f, -0f, float.NaN, float.PositiveInfinity, float.Epsilon, float.MaxValue];
        var embeddings = new GeneratedEmbeddings<Embedding<float>>(
        [
            new Embedding<float>(vector)
            {
                ModelId = "m", CreatedAt = DateTimeOffset.UnixEpoch, AdditionalProperties = new() { ["a"] = "b" },
            },
            new Embedding<float>(Array.Empty<float>()),
        ])
        {
            Usage = new() { InputTokenCount = 3 },
            AdditionalProperties = new()
            {
                [DatabricksPropertyNames.RequestId] = "req", [DatabricksPropertyNames.RequestAdjustments] = Element,
            },
        };

        var read = RoundTrip(embeddings);

        Assert.Equal(vector.Select(BitConverter.SingleToInt32Bits), read[0].Vector.ToArray().Select(BitConverter.SingleToInt32Bits));
        Assert.Equal((2, "m", DateTimeOffset.UnixEpoch), (read.Count, read[0].ModelId, read[0].CreatedAt!.Value));
        Assert.Equal("b", read[0].AdditionalProperties!["a"]);
        Assert.Equal((3L, "req"), (read.Usage!.InputTokenCount, read.AdditionalProperties![DatabricksPropertyNames.RequestId]));
        Assert.IsType<JsonElement>(read.AdditionalProperties[DatabricksPropertyNames.RequestAdjustments]);
        Assert.Empty(read[1].Vector.ToArray());
    }

    [Theory]
    [InlineData("""{"predictions":[NaN,1,-Infinity]}""", "predictions")]
    [InlineData("""{"outputs":[{"a":"日本\n"}]}""", "outputs")]
    [InlineData("""[1,2]""", null)]
    public async Task A_prediction_is_read_back(string body, string? resultName)
    {
        var prediction = await Scoring.Reads(body);

        var read = RoundTrip(prediction);

        Assert.Equal(resultName, read.ResultName);
        Assert.Equal(prediction.ToJsonElement().GetRawText(), read.ToJsonElement().GetRawText());
        Assert.Equal(prediction.Parts.Select(part => part.ToArray()), read.Parts.Select(part => part.ToArray()));
    }

    [Fact]
    public void An_error_is_read_back_with_every_property()
    {
        var error = new DatabricksServingException("what, where, why", null, HttpStatusCode.TooManyRequests)
        {
            Kind = DatabricksServingErrorKind.RateLimited,
            ErrorCode = "REQUEST_LIMIT_EXCEEDED",
            ServiceMessage = "slow\ndown",
            RequestId = "req",
            TraceResponse = "00-1",
            EndpointName = "e",
            RetryAfter = TimeSpan.FromTicks(12_345_678),
            IsTransient = true,
            Guardrail = "input_guardrail",
            StatementId = "s",
            SqlState = "42",
            ServicePolicyDenial = new() { PolicyName = "p", Phase = "h", Reason = "r" },
        };

        var read = RoundTripResult(new DatabricksBatchResult<ChatResponse>("a", error)).Error!;

        string[] others = [nameof(error.TargetSite), nameof(error.Data), nameof(error.ServicePolicyDenial)];
        foreach (var property in typeof(DatabricksServingException).GetProperties().Where(property => !others.Contains(property.Name)))
        {
            Assert.Equal((property.Name, property.GetValue(error)), (property.Name, property.GetValue(read)));
            Assert.True(
                property.DeclaringType != typeof(DatabricksServingException) || property.GetValue(error) is not null, property.Name);
        }

        Assert.Equal(
            ("p", "h", "r"), (read.ServicePolicyDenial!.PolicyName, read.ServicePolicyDenial.Phase, read.ServicePolicyDenial.Reason));
    }

    [Fact]
    public async Task A_failed_connection_is_read_back_with_its_request_error()
    {
        var service = new VerbatimService().Throws(new HttpRequestException(HttpRequestError.ConnectionError, "refused"));
        var result = Assert.Single(await service.Client()
            .RunBatchAsync(VerbatimService.EndpointName, [DatabricksBatchRequest.Chat("a", "b")]).ToListAsync());

        var read = RoundTripResult(result).Error!;

        Assert.Equal(
            (result.Error!.Kind, HttpRequestError.ConnectionError, result.Error.Message), (read.Kind, read.HttpRequestError, read.Message));
    }

    private static readonly AIContent[] TwoTexts = [new TextContent("a\n😀\u2028"), new TextContent("")];

    private static ChatResponse PlainText() => new(new ChatMessage(ChatRole.Assistant, [.. TwoTexts])
    {
        AuthorName = "n",
        CreatedAt = DateTimeOffset.UnixEpoch,
        MessageId = "m",
        AdditionalProperties = new() { [DatabricksPropertyNames.LogProbs] = Element },
    })
    {
        ResponseId = "r",
        ConversationId = "c",
        ModelId = "model",
        CreatedAt = DateTimeOffset.UnixEpoch.AddTicks(1),
        FinishReason = ChatFinishReason.Stop,
        Usage = new() { InputTokenCount = 1, OutputTokenCount = 2, TotalTokenCount = 3 },
        AdditionalProperties = new()
        {
            [DatabricksPropertyNames.RequestId] = "req-1", [DatabricksPropertyNames.CustomOutputs] = Element, ["flag"] = true,
        },
    };

    private static T RoundTrip<T>(T response)
        where T : class => RoundTripResult(new DatabricksBatchResult<T>("a", response)).Response!;

    private static DatabricksBatchResult<T> RoundTripResult<T>(DatabricksBatchResult<T> result)
        where T : class
    {
        var buffer = new ArrayBufferWriter<byte>();
        using var writer = new Utf8JsonWriter(buffer, ResponseJson.Writing);
        CheckpointLine.Write(buffer, writer, ResponseFormats.For<T>(), result);
        Assert.Equal(1, buffer.WrittenSpan.Count((byte)'\n'));
        return CheckpointLine.Read(buffer.WrittenSpan, ResponseFormats.For<T>());
    }

    private static string ByContract(ChatResponse response) => Sorted(JsonNode.Parse(
        JsonSerializer.Serialize(response, ResponseJson.Contract<ChatResponse>()), documentOptions: new() { MaxDepth = 256 })!);

    private static string Sorted(JsonNode node) => Sort(node).ToJsonString(
        new JsonSerializerOptions { MaxDepth = 256, TypeInfoResolver = AIJsonUtilities.DefaultOptions.TypeInfoResolver });

    private static JsonNode Sort(JsonNode node) => node switch
    {
        JsonObject members => new JsonObject(members.OrderBy(member => member.Key, StringComparer.Ordinal)
            .Select(member => KeyValuePair.Create(member.Key, member.Value is { } value ? Sort(value) : null))),
        JsonArray items => new JsonArray([.. items.Select(item => item is null ? null : Sort(item))]),
        _ => node.DeepClone(),
    };

    private static IEnumerable<string> Names<T>() => typeof(T).GetProperties(BindingFlags.Public | BindingFlags.Instance)
        .Select(property => property.Name).Order(StringComparer.Ordinal);
}
