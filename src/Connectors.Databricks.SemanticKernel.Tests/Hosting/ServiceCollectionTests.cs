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
        var (host, token, credential) = (emulator.Host, emulator.Token, Access.Credential(emulator));
        var services = new ServiceCollection();
        var returned = shape switch
        {
            "token" => services
                .AddDatabricksChatCompletion(
                    EmulatedKernel.Gpt, host, token, "chat").AddDatabricksTextGeneration("base", host, token, "text"),
            "credential" => services
                .AddDatabricksChatCompletion(
                    EmulatedKernel.Gpt, host, credential, "chat").AddDatabricksTextGeneration("base", host, credential, "text"),
            "text host" => services
                .AddDatabricksChatCompletion(
                    EmulatedKernel.Gpt, $"{host}", token, "chat").AddDatabricksTextGeneration("base", $"{host}", token, "text"),
            "client" => services
                .AddDatabricksChatCompletion(EmulatedKernel.Gpt, new DatabricksServingClient(host, credential), "chat")
                .AddDatabricksTextGeneration("base", new DatabricksServingClient(host, credential), "text"),
            _ => Registered(services, emulator)
                .AddDatabricksChatCompletion(EmulatedKernel.Gpt, serviceId: "chat").AddDatabricksTextGeneration("base", serviceId: "text"),
        };
        await using var provider = services.BuildServiceProvider();

        await provider.GetRequiredKeyedService<IChatCompletionService>("chat").GetChatMessageContentsAsync("Hello");
        await provider.GetRequiredKeyedService<ITextGenerationService>("chat").GetTextContentsAsync("Hello");
        await provider.GetRequiredKeyedService<ITextGenerationService>("text").GetTextContentsAsync("Hello");

        Assert.Same(services, returned);
        Assert.Equal([EmulatedKernel.Gpt, EmulatedKernel.Gpt, "base"], emulator.Requests.Select(request => request.EndpointName));
    }

    [Fact]
    public async Task Chat_clients_and_embedding_generators_have_their_keys()
    {
        await using var emulator = await DatabricksEmulator.StartAsync();
        var credential = Access.Credential(emulator);
        var kernel = Kernel.CreateBuilder()
            .AddDatabricksChatClient(EmulatedKernel.Gpt, emulator.Host, emulator.Token, "fast")
            .AddDatabricksChatClient(EmulatedKernel.Claude, emulator.Host, credential, "wise")
            .AddDatabricksEmbeddingGenerator("databricks-gte-large-en", emulator.Host, emulator.Token, "large")
            .AddDatabricksEmbeddingGenerator("databricks-bge-large-en", emulator.Host, credential, "other")
            .Build();

        await kernel.GetRequiredService<IChatClient>("wise").GetResponseAsync("Hello");
        await kernel.GetRequiredService<IChatClient>("fast").GetResponseAsync("Hello");
        await kernel.GetRequiredService<IEmbeddingGenerator<string, Embedding<float>>>("other").GenerateAsync(["Hello"]);
        await kernel.GetRequiredService<IEmbeddingGenerator<string, Embedding<float>>>("large").GenerateAsync(["Hello"]);

        Assert.Equal(
            [EmulatedKernel.Claude, EmulatedKernel.Gpt, "databricks-bge-large-en", "databricks-gte-large-en"],
            emulator.Requests.Select(request => request.EndpointName));
    }

    [Fact]
    public async Task Calls_are_reported_to_OpenTelemetry_once()
    {
        await using var emulator = await DatabricksEmulator.StartAsync();
        emulator.AddChatEndpointLike("traced", EmulatedKernel.Gpt);
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

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_chat_client_of_a_service_collection_runs_functions_with_filters(bool autoInvoke)
    {
        await using var emulator = await DatabricksEmulator.StartAsync();
        emulator.Endpoint(EmulatedKernel.Gpt).CallsTool("City_Weather", """{"city":"Bonn"}""").Replies("Sunny.");
        var city = new CityPlugin();
        List<string> filtered = [];
        var services = new ServiceCollection();
        services.AddKernel().Plugins.AddFromObject(city, "City");
        services.AddDatabricksChatClient(EmulatedKernel.Gpt, emulator.Host, emulator.Token);
        services.AddSingleton<IAutoFunctionInvocationFilter>(new Filter((context, next) =>
        {
            filtered.Add(context.Function.Name);
            return next(context);
        }));
        await using var provider = services.BuildServiceProvider(
            new ServiceProviderOptions { ValidateOnBuild = true, ValidateScopes = true });
        var kernel = provider.GetRequiredService<Kernel>();

        await kernel.InvokePromptAsync(
            "Weather?", new(new PromptExecutionSettings { FunctionChoiceBehavior = FunctionChoiceBehavior.Auto(autoInvoke: autoInvoke) }));

        Assert.Equal(autoInvoke ? ["Weather(Bonn)"] : [], city.Calls);
        Assert.Equal(autoInvoke ? ["Weather"] : [], filtered);
    }

    [Fact]
    public async Task A_chat_client_of_a_service_collection_runs_functions_without_a_kernel()
    {
        await using var emulator = await DatabricksEmulator.StartAsync();
        emulator.Endpoint(EmulatedKernel.Gpt).CallsTool("weather", """{"city":"Bonn"}""").Replies("Sunny.");
        await using var provider = new ServiceCollection()
            .AddDatabricksChatClient(EmulatedKernel.Gpt, emulator.Host, emulator.Token).BuildServiceProvider();
        var options = new ChatOptions { Tools = [AIFunctionFactory.Create((string city) => $"Sunny in {city}", "weather")] };

        Assert.Equal("Sunny.", (await provider.GetRequiredService<IChatClient>().GetResponseAsync("Weather?", options)).Text);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Telemetry_has_the_source_and_the_configuration_of_the_app(bool isBuilder)
    {
        await using var emulator = await DatabricksEmulator.StartAsync();
        var (host, token, source) = (emulator.Host, emulator.Token, $"source of {isBuilder}");
        List<string> spans = [], configured = [];
        using var listener = new System.Diagnostics.ActivityListener
        {
            ShouldListenTo = from => from.Name == source,
            Sample = (ref System.Diagnostics.ActivityCreationOptions<System.Diagnostics.ActivityContext> _) =>
                System.Diagnostics.ActivitySamplingResult.AllData,
            ActivityStopped = span => spans.Add(span.OperationName),
        };
        System.Diagnostics.ActivitySource.AddActivityListener(listener);
        var builder = Kernel.CreateBuilder();
        _ = isBuilder
            ? builder.AddDatabricksChatClient(
                EmulatedKernel.Gpt, host, token, openTelemetrySourceName: source, openTelemetryConfig: _ => configured.Add("chat"))
                .AddDatabricksEmbeddingGenerator(
                    Embeddings, host, token, openTelemetrySourceName: source, openTelemetryConfig: _ => configured.Add("embeddings"))
                .Services
            : builder.Services
                .AddDatabricksChatClient(
                    EmulatedKernel.Gpt, host, token, openTelemetrySourceName: source, openTelemetryConfig: _ => configured.Add("chat"))
                .AddDatabricksEmbeddingGenerator(
                    Embeddings, host, token, openTelemetrySourceName: source, openTelemetryConfig: _ => configured.Add("embeddings"));
        var kernel = builder.Build();

        await kernel.GetRequiredService<IChatClient>().GetResponseAsync("Hello");
        await kernel.GetRequiredService<IEmbeddingGenerator<string, Embedding<float>>>().GenerateAsync(["Hello"]);

        Assert.Equal(["chat", "embeddings"], configured);
        Assert.Equal([$"chat {EmulatedKernel.Gpt}", "orchestrate_tools", $"embeddings {Embeddings}"], spans);
    }

    [Theory]
    [InlineData("completion", false)]
    [InlineData("completion", true)]
    [InlineData("client", false)]
    [InlineData("client", true)]
    public async Task Chat_options_of_a_registration_replace_those_of_the_client(string service, bool isOwn)
    {
        await using var emulator = await DatabricksEmulator.StartAsync();
        var services = new ServiceCollection();
        services.AddDatabricksServing(options =>
            (options.Host, options.Credential, options.Chat.IncludeUsageInStreams) = (emulator.Host, Access.Credential(emulator), false));
        var options = isOwn ? new DatabricksChatOptions() : null;
        await using var provider = (service == "client"
            ? services.AddDatabricksChatClient(EmulatedKernel.Gpt, options: options)
            : services.AddDatabricksChatCompletion(EmulatedKernel.Gpt, options: options)).BuildServiceProvider();

        if (service == "client")
        {
            await foreach (var _ in provider.GetRequiredService<IChatClient>().GetStreamingResponseAsync("Hello?"))
            {
            }
        }
        else
        {
            await foreach (var _ in provider.GetRequiredService<IChatCompletionService>().GetStreamingChatMessageContentsAsync("Hello?"))
            {
            }
        }

        Assert.Equal(isOwn, emulator.Requests.Single().Json!["stream_options"] is not null);
    }

    private const string Embeddings = "databricks-gte-large-en";

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Dimensions_are_asked_for(bool hasOptions)
    {
        await using var emulator = await DatabricksEmulator.StartAsync();
        emulator.Endpoint("databricks-qwen3-embedding-0-6b").AcceptsAnything();
        var options = hasOptions ? new DatabricksEmbeddingOptions { Instruction = "Find it." } : null;
        await using var provider = new ServiceCollection()
            .AddDatabricksEmbeddingGenerator(
                "databricks-qwen3-embedding-0-6b", emulator.Host, emulator.Token, dimensions: 512, options: options).BuildServiceProvider();

        await provider.GetRequiredService<IEmbeddingGenerator<string, Embedding<float>>>().GenerateAsync(["Hello"]);

        var sent = emulator.Requests.Single().Json!;
        Assert.Equal((512, options?.Instruction), ((int?)sent["dimensions"], (string?)sent["instruction"]));
    }

    private static ServiceCollection Registered(ServiceCollection services, DatabricksEmulator emulator)
    {
        services.AddDatabricksServing(options => (options.Host, options.Credential) = (emulator.Host, Access.Credential(emulator)));
        return services;
    }
}
