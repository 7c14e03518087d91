using Connectors.Databricks.Emulator;
using Connectors.Databricks.SemanticKernel.Tests.TestServices;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.SemanticKernel;
using Microsoft.SemanticKernel.ChatCompletion;
using Microsoft.SemanticKernel.TextGeneration;

namespace Connectors.Databricks.SemanticKernel.Tests.Hosting;

/// <summary>A kernel that is told of no workspace uses the one that the environment names.</summary>
[Collection(EnvironmentGroup.Name)]
public class EnvironmentTests
{
    [Fact]
    public async Task Every_service_logs_in_as_the_environment_says()
    {
        await using var emulator = await DatabricksEmulator.StartAsync();
        emulator.AddCompletionEndpoint("base");
        using var variables = Of(emulator);
        var kernel = Kernel.CreateBuilder()
            .AddDatabricksChatCompletion(EmulatedKernel.Gpt)
            .AddDatabricksChatClient(EmulatedKernel.Llama)
            .AddDatabricksTextGeneration("base", serviceId: "text")
            .AddDatabricksEmbeddingGenerator("databricks-gte-large-en")
            .Build();

        await kernel.GetRequiredService<IChatCompletionService>().GetChatMessageContentsAsync("Hello");
        await kernel.GetRequiredService<IChatClient>().GetResponseAsync("Hello");
        await kernel.GetRequiredService<ITextGenerationService>("text").GetTextContentsAsync("Hello");
        await kernel.GetRequiredService<IEmbeddingGenerator<string, Embedding<float>>>().GenerateAsync(["Hello"]);

        Assert.Equal(
            [EmulatedKernel.Gpt, EmulatedKernel.Llama, "base", "databricks-gte-large-en"],
            emulator.Requests.Select(request => request.EndpointName));
    }

    [Fact]
    public async Task Services_of_an_app_log_in_as_the_environment_says()
    {
        await using var emulator = await DatabricksEmulator.StartAsync();
        emulator.AddCompletionEndpoint("base");
        using var variables = Of(emulator);
        await using var services = new ServiceCollection()
            .AddDatabricksChatCompletion(EmulatedKernel.Gpt)
            .AddDatabricksTextGeneration("base", serviceId: "text")
            .BuildServiceProvider();

        await services.GetRequiredService<IChatCompletionService>().GetChatMessageContentsAsync("Hello");
        await services.GetRequiredKeyedService<ITextGenerationService>("text").GetTextContentsAsync("Hello");

        Assert.Equal([EmulatedKernel.Gpt, "base"], emulator.Requests.Select(request => request.EndpointName));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task The_plugin_looks_where_the_environment_says(bool isImported)
    {
        await using var emulator = await DatabricksEmulator.StartAsync();
        using var variables = Of(emulator);
        var builder = Kernel.CreateBuilder();
        if (!isImported)
        {
            builder.Plugins.AddDatabricksEndpoints();
        }

        var kernel = builder.Build();
        if (isImported)
        {
            kernel.ImportDatabricksEndpoints();
        }

        await kernel.Plugins.GetFunction("DatabricksEndpoints", "list_serving_endpoints").InvokeAsync(kernel);

        Assert.Equal(
            ["/api/2.0/serving-endpoints", "/api/2.1/unity-catalog/model-services"],
            emulator.Requests.Select(request => request.Path).Distinct().Order(StringComparer.Ordinal));
    }

    [Fact]
    public void An_environment_that_names_no_workspace_is_a_failure_when_the_kernel_is_built()
    {
        using var variables = new Variables(("CONFIG_FILE", Path.Combine(Path.GetTempPath(), Path.GetRandomFileName())));
        var builder = Kernel.CreateBuilder();
        builder.Plugins.AddDatabricksEndpoints();

        var failure = Assert.Throws<DatabricksCredentialException>(() => builder.Build());

        Assert.Equal(DatabricksCredentialFailure.NoHost, failure.Failure);
        Assert.Throws<DatabricksCredentialException>(() => new Kernel().ImportDatabricksEndpoints());
    }

    private static Variables Of(DatabricksEmulator emulator) =>
        new(("HOST", emulator.Host.ToString()), ("TOKEN", emulator.Token), ("AUTH_TYPE", "pat"));
}
