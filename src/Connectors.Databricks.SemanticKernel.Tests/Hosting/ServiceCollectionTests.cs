using Connectors.Databricks.Emulator;
using Connectors.Databricks.SemanticKernel.Tests.TestServices;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.SemanticKernel;
using Microsoft.SemanticKernel.ChatCompletion;
using Microsoft.SemanticKernel.TextGeneration;

namespace Connectors.Databricks.SemanticKernel.Tests.Hosting;

/// <summary>The registrations of an app's services, and what every registration has in common.</summary>
public class ServiceCollectionTests
{
    [Theory]
    [MemberData(nameof(RegistrationTests.Shapes), MemberType = typeof(RegistrationTests))]
    public async Task An_app_gets_its_services(string shape)
    {
        await using var emulator = await DatabricksEmulator.StartAsync();
        emulator.AddCompletionEndpoint("base");
        var (host, token, credential, section) = (emulator.Host, emulator.Token, Access.Credential(emulator), Access.Section(emulator));
        var services = new ServiceCollection();
        var returned = shape switch
        {
            "token" => services
                .AddDatabricksChatCompletion(Stage.Gpt, host, token, "chat").AddDatabricksTextGeneration("base", host, token, "text"),
            "credential" => services
                .AddDatabricksChatCompletion(Stage.Gpt, host, credential, "chat").AddDatabricksTextGeneration("base", host, credential, "text"),
            "configuration" => services
                .AddDatabricksChatCompletion(Stage.Gpt, section, "chat").AddDatabricksTextGeneration("base", section, "text"),
            "client" => services
                .AddDatabricksChatCompletion(Stage.Gpt, new DatabricksServingClient(host, credential), "chat")
                .AddDatabricksTextGeneration("base", new DatabricksServingClient(host, credential), "text"),
            _ => Registered(services, emulator)
                .AddDatabricksChatCompletion(Stage.Gpt, serviceId: "chat").AddDatabricksTextGeneration("base", serviceId: "text"),
        };
        await using var provider = services.BuildServiceProvider();

        await provider.GetRequiredKeyedService<IChatCompletionService>("chat").GetChatMessageContentsAsync("Hello");
        await provider.GetRequiredKeyedService<ITextGenerationService>("chat").GetTextContentsAsync("Hello");
        await provider.GetRequiredKeyedService<ITextGenerationService>("text").GetTextContentsAsync("Hello");

        Assert.Same(services, returned);
        Assert.Equal([Stage.Gpt, Stage.Gpt, "base"], emulator.Requests.Select(request => request.EndpointName));
    }

    [Fact]
    public async Task Chat_clients_and_embedding_generators_have_their_keys()
    {
        await using var emulator = await DatabricksEmulator.StartAsync();
        var credential = Access.Credential(emulator);
        var kernel = Kernel.CreateBuilder()
            .AddDatabricksChatClient(Stage.Gpt, emulator.Host, emulator.Token, "fast")
            .AddDatabricksChatClient(Stage.Claude, emulator.Host, credential, "wise")
            .AddDatabricksEmbeddingGenerator("databricks-gte-large-en", emulator.Host, emulator.Token, "large")
            .AddDatabricksEmbeddingGenerator("databricks-bge-large-en", Access.Section(emulator), "other")
            .Build();

        await kernel.GetRequiredService<IChatClient>("wise").GetResponseAsync("Hello");
        await kernel.GetRequiredService<IChatClient>("fast").GetResponseAsync("Hello");
        await kernel.GetRequiredService<IEmbeddingGenerator<string, Embedding<float>>>("other").GenerateAsync(["Hello"]);
        await kernel.GetRequiredService<IEmbeddingGenerator<string, Embedding<float>>>("large").GenerateAsync(["Hello"]);

        Assert.Equal(
            [Stage.Claude, Stage.Gpt, "databricks-bge-large-en", "databricks-gte-large-en"],
            emulator.Requests.Select(request => request.EndpointName));
    }

    [Fact]
    public async Task Calls_are_reported_to_OpenTelemetry_once()
    {
        await using var emulator = await DatabricksEmulator.StartAsync();
        emulator.AddChatEndpointLike("traced", Stage.Gpt);
        List<string> spans = [];
        using var listener = new System.Diagnostics.ActivityListener
        {
            ShouldListenTo = source => source.Name == "Experimental.Microsoft.Extensions.AI",
            Sample = (ref System.Diagnostics.ActivityCreationOptions<System.Diagnostics.ActivityContext> _) =>
                System.Diagnostics.ActivitySamplingResult.AllData,
            ActivityStopped = span =>
            {
                if (span.DisplayName.EndsWith("traced", StringComparison.Ordinal))
                {
                    spans.Add(span.DisplayName);
                }
            },
        };
        System.Diagnostics.ActivitySource.AddActivityListener(listener);
        var kernel = Kernel.CreateBuilder()
            .AddDatabricksChatCompletion("traced", emulator.Host, emulator.Token)
            .AddDatabricksChatClient("traced", emulator.Host, emulator.Token)
            .Build();

        await kernel.GetRequiredService<IChatCompletionService>().GetChatMessageContentsAsync("Hello");
        await kernel.GetRequiredService<IChatClient>().GetResponseAsync("Hello");

        Assert.Equal(["chat traced", "chat traced"], spans);
    }

    private static ServiceCollection Registered(ServiceCollection services, DatabricksEmulator emulator)
    {
        services.AddDatabricksServing(options => (options.Host, options.Credential) = (emulator.Host, Access.Credential(emulator)));
        return services;
    }
}
