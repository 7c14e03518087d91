using System.Net;
using Connectors.Databricks.Emulator;
using Connectors.Databricks.SemanticKernel.Tests.TestServices;
using Microsoft.Extensions.AI;
using Microsoft.SemanticKernel;
using Microsoft.SemanticKernel.Services;

namespace Connectors.Databricks.SemanticKernel.Tests.Text;

/// <summary>Text from endpoints with the task <c>llm/v1/completions</c>, and from those that chat.</summary>
public sealed class TextGenerationTests : IAsyncLifetime
{
    private DatabricksEmulator _emulator = null!;
    private EmulatedEndpoint _endpoint = null!;
    private DatabricksTextGenerationService _text = null!;

    public async Task InitializeAsync()
    {
        _emulator = await DatabricksEmulator.StartAsync();
        _endpoint = _emulator.AddCompletionEndpoint("base");
        _text = new DatabricksTextGenerationService("base", new DatabricksServingClient(new DatabricksServingOptions
        {
            Host = _emulator.Host,
            Credential = Access.Credential(_emulator),
            Resilience = { Retry = null },
        }));
    }

    public Task DisposeAsync() => _emulator.DisposeAsync().AsTask();

    [Fact]
    public async Task Settings_have_their_members_and_each_choice_is_a_text()
    {
        var texts = await _text.GetTextContentsAsync("Once upon a time", new DatabricksPromptExecutionSettings
        {
            MaxTokens = 5, Temperature = 0.5, TopP = 0.25, StopSequences = ["END"], ChoiceCount = 2,
            ExtraBody = new Dictionary<string, object?> { ["suffix"] = "the end" },
        });

        Assert.Equal(2, texts.Count);
        var sent = _endpoint.Requests.Single();
        Assert.Equal(
            """{"prompt":"Once upon a time","max_tokens":5,"temperature":0.5,"top_p":0.25,"n":2,"stop":["END"],"suffix":"the end"}""",
            sent.Json!.ToJsonString());
        Assert.All(texts, text => Assert.Equal(sent.RequestId, text.Metadata!["RequestId"]));
        Assert.All(texts, text => Assert.IsType<UsageDetails>(text.Metadata!["Usage"]));
        Assert.All(texts, text => Assert.IsType<DatabricksServingResponse>(text.InnerContent));
    }

    [Fact]
    public async Task A_response_format_is_not_sent()
    {
        await _text.GetTextContentsAsync("Once", new DatabricksPromptExecutionSettings { ResponseFormat = typeof(Uri[]) });

        Assert.Equal("""{"prompt":"Once"}""", _endpoint.Requests.Single().Json!.ToJsonString());
    }

    [Fact]
    public async Task A_model_id_of_these_settings_names_the_endpoint()
    {
        _emulator.AddCompletionEndpoint("other");

        await _text.GetTextContentsAsync("Once", new DatabricksPromptExecutionSettings { ModelId = "other" });

        Assert.Equal("other", _emulator.Requests.Single().EndpointName);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_failure_is_an_HttpOperationException_with_ours_inside(bool streams)
    {
        _endpoint.Fails(429, "REQUEST_LIMIT_EXCEEDED", "Too many.");

        var failure = await Assert.ThrowsAsync<HttpOperationException>(async () =>
        {
            if (streams)
            {
                await foreach (var _ in _text.GetStreamingTextContentsAsync("Once"))
                {
                }
            }
            else
            {
                await _text.GetTextContentsAsync("Once");
            }
        });

        Assert.Equal((HttpStatusCode.TooManyRequests, "Too many."), (failure.StatusCode, failure.ResponseContent));
        Assert.Equal("REQUEST_LIMIT_EXCEEDED", Assert.IsType<DatabricksServingException>(failure.InnerException).ErrorCode);
    }

    [Fact]
    public void A_service_says_which_endpoint_it_is() =>
        Assert.Equal(("base", _emulator.Host.ToString()), (_text.GetModelId(), _text.GetEndpoint()));

    [Theory]
    [InlineData("")]
    [InlineData("..")]
    public void A_name_that_is_no_endpoint_is_refused(string name) => Assert.ThrowsAny<ArgumentException>(
        () => new DatabricksTextGenerationService(name, new DatabricksServingClient(_emulator.Host, Access.Credential(_emulator))));
}
