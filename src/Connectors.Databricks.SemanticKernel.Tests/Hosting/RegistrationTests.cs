using Connectors.Databricks.Emulator;
using Connectors.Databricks.SemanticKernel.Tests.TestServices;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.SemanticKernel;
using Microsoft.SemanticKernel.ChatCompletion;
using Microsoft.SemanticKernel.TextGeneration;

namespace Connectors.Databricks.SemanticKernel.Tests.Hosting;

public class RegistrationTests
{
    public static TheoryData<string> Shapes => ["token", "text host", "credential", "client", "registered client"];

    [Theory]
    [MemberData(nameof(Shapes))]
    public async Task A_kernel_gets_a_chat_completion_service(string shape)
    {
        await using var emulator = await DatabricksEmulator.StartAsync();
        var builder = Kernel.CreateBuilder();
        _ = shape switch
        {
            "token" => builder.AddDatabricksChatCompletion(EmulatedKernel.Gpt, emulator.Host, emulator.Token),
            "credential" => builder.AddDatabricksChatCompletion(EmulatedKernel.Gpt, emulator.Host, Access.Credential(emulator)),
            "text host" => builder.AddDatabricksChatCompletion(EmulatedKernel.Gpt, emulator.Host.ToString(), emulator.Token),
            "client" => builder.AddDatabricksChatCompletion(
                EmulatedKernel.Gpt, new DatabricksServingClient(emulator.Host, Access.Credential(emulator))),
            _ => Registered(builder, emulator).AddDatabricksChatCompletion(EmulatedKernel.Gpt),
        };
        var kernel = builder.Build();

        await kernel.GetRequiredService<IChatCompletionService>().GetChatMessageContentsAsync("Hello");
        await kernel.GetRequiredService<ITextGenerationService>().GetTextContentsAsync("Hello");

        Assert.Equal([EmulatedKernel.Gpt, EmulatedKernel.Gpt], emulator.Requests.Select(request => request.EndpointName));
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public async Task A_kernel_gets_a_chat_client_that_runs_its_functions(string shape)
    {
        await using var emulator = await DatabricksEmulator.StartAsync();
        emulator.Endpoint(EmulatedKernel.Gpt).CallsTool("City_Weather", """{"city":"Bonn"}""").Replies("Sunny.");
        var builder = Kernel.CreateBuilder();
        _ = shape switch
        {
            "token" => builder.AddDatabricksChatClient(EmulatedKernel.Gpt, emulator.Host, emulator.Token),
            "credential" => builder.AddDatabricksChatClient(EmulatedKernel.Gpt, emulator.Host, Access.Credential(emulator)),
            "text host" => builder.AddDatabricksChatClient(EmulatedKernel.Gpt, emulator.Host.ToString(), emulator.Token),
            "client" => builder.AddDatabricksChatClient(
                EmulatedKernel.Gpt, new DatabricksServingClient(emulator.Host, Access.Credential(emulator))),
            _ => Registered(builder, emulator).AddDatabricksChatClient(EmulatedKernel.Gpt),
        };
        var kernel = builder.Build();
        var city = new CityPlugin();
        kernel.Plugins.AddFromObject(city, "City");
        var settings = new DatabricksPromptExecutionSettings { FunctionChoiceBehavior = FunctionChoiceBehavior.Auto(), MaxTokens = 50 };

        var answer = await kernel.GetRequiredService<IChatClient>().GetResponseAsync("Weather?", settings.ToChatOptions(kernel));

        Assert.Equal("Sunny.", answer.Text);
        Assert.Equal(["Weather(Bonn)"], city.Calls);
        Assert.Equal(50, (int?)emulator.Requests[0].Json!["max_tokens"]);
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public async Task A_kernel_gets_a_text_generation_service_for_endpoints_that_are_no_chat(string shape)
    {
        await using var emulator = await DatabricksEmulator.StartAsync();
        emulator.AddCompletionEndpoint("base");
        var builder = Kernel.CreateBuilder();
        _ = shape switch
        {
            "token" => builder.AddDatabricksTextGeneration("base", emulator.Host, emulator.Token),
            "credential" => builder.AddDatabricksTextGeneration("base", emulator.Host, Access.Credential(emulator)),
            "text host" => builder.AddDatabricksTextGeneration("base", emulator.Host.ToString(), emulator.Token),
            "client" =>
                builder.AddDatabricksTextGeneration("base", new DatabricksServingClient(emulator.Host, Access.Credential(emulator))),
            _ => Registered(builder, emulator).AddDatabricksTextGeneration("base"),
        };
        var service = builder.Build().GetRequiredService<ITextGenerationService>();
        var settings = new DatabricksPromptExecutionSettings { MaxTokens = 5, Temperature = 0.5 };

        var whole = (await service.GetTextContentsAsync("Once upon a time", settings)).Single();
        var streamed = "";
        await foreach (var update in service.GetStreamingTextContentsAsync("Once upon a time", settings))
        {
            streamed += update.Text;
        }

        Assert.Equal(whole.Text, streamed);
        Assert.NotNull(whole.Metadata!["Usage"]);
        Assert.Equal(
            ("Once upon a time", 5), ((string?)emulator.Requests[0].Json!["prompt"], (int?)emulator.Requests[0].Json!["max_tokens"]));
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public async Task A_kernel_gets_an_embedding_generator(string shape)
    {
        const string Name = "databricks-gte-large-en";
        await using var emulator = await DatabricksEmulator.StartAsync();
        var builder = Kernel.CreateBuilder();
        _ = shape switch
        {
            "token" => builder.AddDatabricksEmbeddingGenerator(Name, emulator.Host, emulator.Token),
            "credential" => builder.AddDatabricksEmbeddingGenerator(Name, emulator.Host, Access.Credential(emulator)),
            "text host" => builder.AddDatabricksEmbeddingGenerator(Name, emulator.Host.ToString(), emulator.Token),
            "client" =>
                builder.AddDatabricksEmbeddingGenerator(Name, new DatabricksServingClient(emulator.Host, Access.Credential(emulator))),
            _ => Registered(builder, emulator).AddDatabricksEmbeddingGenerator(Name),
        };

        var vectors = await builder.Build().GetRequiredService<IEmbeddingGenerator<string, Embedding<float>>>().GenerateAsync(["Hello"]);

        Assert.Equal(1024, Assert.Single(vectors).Dimensions);
    }

    [Fact]
    public async Task Services_of_an_app_are_given_to_its_kernels()
    {
        await using var emulator = await DatabricksEmulator.StartAsync();
        emulator.AddCompletionEndpoint("base");
        var services = new ServiceCollection();
        services.AddDatabricksServing(options => (options.Host, options.Credential) = (emulator.Host, Access.Credential(emulator)));
        services.AddDatabricksChatCompletion(EmulatedKernel.Gpt).AddDatabricksTextGeneration("base", serviceId: "text");

        services.AddDatabricksChatClient(EmulatedKernel.Gpt).AddDatabricksEmbeddingGenerator("databricks-gte-large-en");
        services.AddTransient(provider => new Kernel(provider));
        await using var provider = services.BuildServiceProvider();
        var kernel = provider.GetRequiredService<Kernel>();

        await kernel.GetRequiredService<IChatCompletionService>().GetChatMessageContentsAsync("Hello");
        await kernel.GetRequiredService<ITextGenerationService>("text").GetTextContentsAsync("Hello");

        Assert.Equal([EmulatedKernel.Gpt, "base"], emulator.Requests.Select(request => request.EndpointName));
    }

    [Fact]
    public async Task Two_services_are_registered_and_settings_select_one()
    {
        await using var emulator = await DatabricksEmulator.StartAsync();
        emulator.Endpoint(EmulatedKernel.Gpt).Replies("GPT");
        emulator.Endpoint(EmulatedKernel.Claude).Replies("Claude");
        var kernel = Kernel.CreateBuilder()
            .AddDatabricksChatCompletion(EmulatedKernel.Gpt, emulator.Host, emulator.Token, serviceId: "fast")
            .AddDatabricksChatCompletion(EmulatedKernel.Claude, emulator.Host, emulator.Token, serviceId: "wise")
            .Build();

        Assert.Equal("Claude", await AskAsync("wise"));
        Assert.Equal("GPT", await AskAsync("fast"));

        async Task<string?> AskAsync(string serviceId)
        {
            var arguments = new KernelArguments(new PromptExecutionSettings { ServiceId = serviceId });
            return await kernel.InvokePromptAsync<string>("Who are you?", arguments);
        }
    }

    [Fact]
    public async Task A_prompt_function_streams_and_its_settings_come_from_the_prompt()
    {
        await using var fixture = await EmulatedKernel.StartAsync(EmulatedKernel.Gpt);
        fixture.Endpoint.Replies("Sunny in Bonn.");
        var arguments = new KernelArguments(
            new PromptExecutionSettings { ExtensionData = new Dictionary<string, object> { ["max_tokens"] = 9 } })
        {
            ["city"] = "Bonn",
        };
        var text = "";

        await foreach (
            var update in fixture.Kernel.InvokePromptStreamingAsync<StreamingChatMessageContent>("Weather in {{$city}}?", arguments))
        {
            text += update.Content;
        }

        Assert.Equal("Sunny in Bonn.", text);
        Assert.Equal(("Weather in Bonn?", 9), ((string?)fixture.Sent()["messages"]![0]!["content"], (int?)fixture.Sent()["max_tokens"]));
    }

    [Fact]
    public async Task An_HTTP_client_is_the_given_one_else_that_of_the_services()
    {
        await using var emulator = await DatabricksEmulator.StartAsync();
        using var given = new HttpClient();
        given.DefaultRequestHeaders.Add("x-client", "given");
        using var registered = new HttpClient();
        registered.DefaultRequestHeaders.Add("x-client", "registered");
        var builder = Kernel.CreateBuilder()
            .AddDatabricksChatCompletion(EmulatedKernel.Gpt, emulator.Host, emulator.Token, "1", given)
            .AddDatabricksChatCompletion(EmulatedKernel.Gpt, emulator.Host, emulator.Token, "2");
        builder.Services.AddSingleton(registered);
        var kernel = builder.Build();

        await kernel.GetRequiredService<IChatCompletionService>("1").GetChatMessageContentsAsync("Hello");
        await kernel.GetRequiredService<IChatCompletionService>("2").GetChatMessageContentsAsync("Hello");

        Assert.Equal(["given", "registered"], emulator.Requests.Select(request => request.Headers["x-client"]));
    }

    [Fact]
    public async Task Containers_of_one_registration_share_nothing()
    {
        await using var emulator = await DatabricksEmulator.StartAsync();
        var services = new ServiceCollection();
        services.AddDatabricksChatCompletion(EmulatedKernel.Gpt, emulator.Host, emulator.Token);
        services.AddSingleton(_ => new HttpClient());
        await using var first = services.BuildServiceProvider();
        await using var second = services.BuildServiceProvider();
        var of = first.GetRequiredService<IChatCompletionService>();
        await of.GetChatMessageContentsAsync("Hello");
        await first.DisposeAsync();

        // The first container has disposed of its HTTP client; another one's works on.
        await second.GetRequiredService<IChatCompletionService>().GetChatMessageContentsAsync("Hello");

        Assert.NotSame(of, second.GetRequiredService<IChatCompletionService>());
        Assert.Equal(2, emulator.Requests.Count);
    }

    [Fact]
    public void What_is_missing_is_said_where_it_is_registered()
    {
        var builder = Kernel.CreateBuilder();

        Assert.Throws<ArgumentException>(() => builder.AddDatabricksChatCompletion(""));
        Assert.Throws<ArgumentException>(() => builder.AddDatabricksChatCompletion("a", new Uri("https://h"), ""));
        Assert.Throws<ArgumentException>("host", () => builder.AddDatabricksChatCompletion("a", (Uri)null!, "t"));
        Assert.Throws<ArgumentException>("host", () => builder.AddDatabricksChatCompletion("a", default(DatabricksHost), "t"));
        Assert.Throws<ArgumentException>(() => builder.AddDatabricksChatCompletion("a", " ", "t"));
        Assert.Throws<ArgumentOutOfRangeException>(() => builder.AddDatabricksEmbeddingGenerator("a", dimensions: 0));
        Assert.Throws<ArgumentNullException>(() => ((IKernelBuilder)null!).AddDatabricksChatCompletion("a"));
        Assert.Throws<ArgumentNullException>(() => ((IServiceCollection)null!).AddDatabricksChatCompletion("a"));
    }

    private static IKernelBuilder Registered(IKernelBuilder builder, DatabricksEmulator emulator)
    {
        builder.Services.AddDatabricksServing(options => (options.Host, options.Credential) = (emulator.Host, Access.Credential(emulator)));
        return builder;
    }
}
