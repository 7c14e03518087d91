using Connectors.Databricks.Management;
using System.Net;
using Connectors.Databricks.Emulator;
using Connectors.Databricks.Tests.TestServices;
using Microsoft.Extensions.AI;

namespace Connectors.Databricks.Tests.Transport;

/// <summary>What a caller reads in a workspace that enforces Unity Gateway, over real HTTP, where no name can be mapped.</summary>
public sealed class SurfaceHintTests : IAsyncLifetime
{
    private DatabricksEmulator _emulator = null!;
    private DatabricksServingClient _serving = null!;

    public async Task InitializeAsync()
    {
        _emulator = await DatabricksEmulator.StartAsync(new DatabricksEmulatorOptions { Workspace = EmulatedWorkspace.GatewayEnforced });
        _serving = new DatabricksServingClient(_emulator.Host, DatabricksCredential.FromToken(_emulator.Token));
    }

    public Task DisposeAsync() => _emulator.DisposeAsync().AsTask();

    [Theory]
    [InlineData("databricks-claude-sonnet-4-5")]
    [InlineData("databricks-gpt-oss-120b")]
    public async Task A_name_that_is_never_mapped_is_neither_retried_nor_blamed_on_permissions(string endpointName)
    {
        var serving = Never();
        foreach (var failure in new[]
        {
            await Failure.Of(serving.GetChatClient(endpointName)),
            await Failure.OfStream(serving.GetChatClient(endpointName)),
            await Assert.ThrowsAsync<DatabricksServingException>(() => serving.GetEmbeddingGenerator(endpointName).GenerateAsync(["a"])),
            await Assert.ThrowsAsync<DatabricksServingException>(() => _serving.CompleteAsync(endpointName, "a")),
        })
        {
            AssertAdvice(failure, HttpStatusCode.Forbidden, "The workspace enforces Unity Gateway: pay-per-token models are served there " +
                "only.");
            Assert.Equal(DatabricksServingErrorKind.PayPerTokenDisabled, failure.Kind);
        }

        Assert.Equal(4, _emulator.Requests.Count);
    }

    [Fact]
    public async Task Provisioned_throughput_has_a_kind_of_its_own()
    {
        var failure = await Failure.Of(Never().GetChatClient(_emulator.AddProvisionedEndpoint("mine").Name));

        AssertAdvice(failure, HttpStatusCode.Forbidden, "a provisioned throughput endpoint is queried through a model service.");
        Assert.Equal(DatabricksServingErrorKind.ProvisionedThroughputDisabled, failure.Kind);
    }

    [Theory]
    [InlineData("system.ai.claude-sonnet-4-5")]
    [InlineData("main.models.my-service")]
    public async Task A_model_service_is_explained_whatever_is_called(string name)
    {
        var serving = Never();
        var chat = await Failure.Of(serving.GetChatClient(name));
        var embeddings = await Assert.ThrowsAsync<DatabricksServingException>(() =>
            serving.GetEmbeddingGenerator(name).GenerateAsync(["a"]));
        var completion = await Assert.ThrowsAsync<DatabricksServingException>(() => _serving.CompleteAsync(name, "a"));
        var prediction = await Assert.ThrowsAsync<DatabricksServingException>(
            () => _serving.PredictAsync(name, DatabricksPredictionInput.DataframeSplit(["a"], [[1]])));

        foreach (var failure in new[] { chat, embeddings, completion, prediction })
        {
            AssertAdvice(failure, HttpStatusCode.NotFound, "It is a Unity Catalog name: model services are served on Unity Gateway.");
            Assert.Equal(DatabricksServingErrorKind.ModelServiceRequiresGateway, failure.Kind);
        }
    }

    [Fact]
    public async Task A_serving_endpoint_that_does_not_exist_is_still_only_a_name_to_check() => Assert.Contains(
        "Check the endpoint name against the workspace's Serving page",
        (await Failure.Of(_serving.GetChatClient("databricks-x.y"))).Message, StringComparison.Ordinal);

    [Fact]
    public async Task The_management_API_says_what_it_always_says() => Assert.DoesNotContain(
        "Gateway",
        (await Assert.ThrowsAsync<DatabricksServingException>(() => _serving.GetManagementClient().GetAsync("system.ai.x"))).Message,
        StringComparison.Ordinal);

    [Fact]
    public async Task External_models_still_answer() =>
        Assert.NotEmpty((await _serving.GetChatClient("azure-gpt-4o").GetResponseAsync("Hi")).Text);

    [Fact]
    public async Task A_missing_scope_is_named_and_the_token_is_not_fetched_again()
    {
        _emulator.Endpoint("azure-gpt-4o").RequiresScope("model-serving");
        var credential = new CountingCredential(_emulator.Token);

        var failure = await Failure.Of(new DatabricksServingClient(_emulator.Host, credential).GetChatClient("azure-gpt-4o"));

        Assert.Contains("The token lacks an OAuth scope that the message names", failure.Message, StringComparison.Ordinal);
        Assert.Contains("required scopes: model-serving", failure.Message, StringComparison.Ordinal);
        Assert.Single(_emulator.Requests);
    }

    [Fact]
    public async Task An_exhausted_budget_is_no_transient_failure()
    {
        _emulator.Endpoint("azure-gpt-4o").ExhaustsBudget();

        var failure = await Failure.Of(_serving.GetChatClient("azure-gpt-4o"));

        Assert.Contains("A budget is exhausted", failure.Message, StringComparison.Ordinal);
        Assert.False(failure.IsTransient);
    }

    [Fact]
    public async Task An_output_cap_is_learned_and_reported()
    {
        _emulator.Endpoint("azure-gpt-4o").CapsOutputTokensAt(8_192);

        var response = await _serving.GetChatClient("azure-gpt-4o").GetResponseAsync("Hi", new ChatOptions { MaxOutputTokens = 32_000 });

        Assert.Equal([32_000, 8_192], _emulator.Requests.Select(request => (int)request.Json!["max_tokens"]!));
        Assert.Contains("max_tokens", response.GetRequestAdjustments().Select(adjustment => adjustment.Field));
    }

    private DatabricksServingClient Never() => new(new DatabricksServingOptions
    {
        Host = _emulator.Host,
        Credential = DatabricksCredential.FromToken(_emulator.Token),
        Gateway = DatabricksGatewayMode.Never,
    });

    private static void AssertAdvice(DatabricksServingException failure, HttpStatusCode status, string advice)
    {
        Assert.Equal((status, false), (failure.StatusCode, failure.IsTransient));
        Assert.Contains(advice, failure.Message, StringComparison.Ordinal);
        Assert.Contains("leave DatabricksServingOptions.Gateway at Auto", failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("CAN_QUERY", failure.Message, StringComparison.Ordinal);
    }
}
