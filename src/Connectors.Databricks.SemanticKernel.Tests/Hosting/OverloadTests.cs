using System.Reflection;
using Connectors.Databricks.SemanticKernel.Tests.TestServices;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.SemanticKernel;
using Microsoft.SemanticKernel.ChatCompletion;
using Microsoft.SemanticKernel.TextGeneration;

namespace Connectors.Databricks.SemanticKernel.Tests.Hosting;

/// <summary>Calls as apps write them. That they compile is the first half of each test.</summary>
public class OverloadTests
{
    private const string TextHost = "https://some-workspace.cloud.databricks.com";

    private static readonly Uri Host = new(TextHost);
    private static readonly DatabricksCredential Credential = DatabricksCredential.FromToken("t");
    private static readonly DatabricksServingClient Client = new(Host, Credential);

    [Fact]
    public void A_host_is_a_text_or_an_address_in_every_call_on_a_builder()
    {
        var kernel = Kernel.CreateBuilder()
            .AddDatabricksChatCompletion("e", TextHost, "t", "1").AddDatabricksChatCompletion("e", Host, "t", "2")
            .AddDatabricksChatCompletion("e", TextHost, Credential, "3").AddDatabricksChatCompletion("e", Host, Credential, "4")
            .AddDatabricksTextGeneration("e", TextHost, "t", "5").AddDatabricksTextGeneration("e", Host, "t", "6")
            .AddDatabricksTextGeneration("e", TextHost, Credential, "7").AddDatabricksTextGeneration("e", Host, Credential, "8")
            .AddDatabricksChatClient("e", TextHost, "t", "1").AddDatabricksChatClient("e", Host, "t", "2")
            .AddDatabricksChatClient("e", TextHost, Credential, "3").AddDatabricksChatClient("e", Host, Credential, "4")
            .AddDatabricksEmbeddingGenerator("e", TextHost, "t", "1").AddDatabricksEmbeddingGenerator("e", Host, "t", "2")
            .AddDatabricksEmbeddingGenerator("e", TextHost, Credential, "3").AddDatabricksEmbeddingGenerator("e", Host, Credential, "4")
            .Build();

        AssertAddress(kernel.Services);
    }

    [Fact]
    public void A_host_is_a_text_or_an_address_in_every_call_on_a_service_collection()
    {
        using var provider = new ServiceCollection()
            .AddDatabricksChatCompletion("e", TextHost, "t", "1").AddDatabricksChatCompletion("e", Host, "t", "2")
            .AddDatabricksChatCompletion("e", TextHost, Credential, "3").AddDatabricksChatCompletion("e", Host, Credential, "4")
            .AddDatabricksTextGeneration("e", TextHost, "t", "5").AddDatabricksTextGeneration("e", Host, "t", "6")
            .AddDatabricksTextGeneration("e", TextHost, Credential, "7").AddDatabricksTextGeneration("e", Host, Credential, "8")
            .AddDatabricksChatClient("e", TextHost, "t", "1").AddDatabricksChatClient("e", Host, "t", "2")
            .AddDatabricksChatClient("e", TextHost, Credential, "3").AddDatabricksChatClient("e", Host, Credential, "4")
            .AddDatabricksEmbeddingGenerator("e", TextHost, "t", "1").AddDatabricksEmbeddingGenerator("e", Host, "t", "2")
            .AddDatabricksEmbeddingGenerator("e", TextHost, Credential, "3").AddDatabricksEmbeddingGenerator("e", Host, Credential, "4")
            .BuildServiceProvider();

        AssertAddress(provider);
    }

    private static void AssertAddress(IServiceProvider services)
    {
        foreach (var key in new[] { "1", "2", "3", "4" })
        {
            Assert.Equal($"{TextHost}/", services.GetRequiredKeyedService<IChatCompletionService>(key).Attributes["Endpoint"]);
            Assert.Equal(Host, services.GetRequiredKeyedService<IChatClient>(key).GetService<ChatClientMetadata>()!.ProviderUri);
            Assert.Equal(
                Host,
                services.GetRequiredKeyedService<IEmbeddingGenerator<string, Embedding<float>>>(key)
                    .GetService<EmbeddingGeneratorMetadata>()!.ProviderUri);
        }

        foreach (var key in new[] { "5", "6", "7", "8" })
        {
            Assert.Equal($"{TextHost}/", services.GetRequiredKeyedService<ITextGenerationService>(key).Attributes["Endpoint"]);
        }
    }

    [Fact]
    public void A_client_may_be_null_in_every_call()
    {
        var builder = Kernel.CreateBuilder()
            .AddDatabricksChatCompletion("e", null).AddDatabricksChatCompletion("e", null, "1").AddDatabricksChatCompletion("e", null, null)
            .AddDatabricksTextGeneration("e", null).AddDatabricksTextGeneration("e", null, "2").AddDatabricksTextGeneration("e", null, null)
            .AddDatabricksChatClient("e", null).AddDatabricksChatClient("e", null, "3").AddDatabricksChatClient("e", null, null)
            .AddDatabricksEmbeddingGenerator("e", null).AddDatabricksEmbeddingGenerator("e", null, "4")
            .AddDatabricksEmbeddingGenerator("e", null, null);
        builder.Services
            .AddDatabricksChatCompletion("e", null).AddDatabricksChatCompletion("e", null, "5").AddDatabricksChatCompletion("e", null, null)
            .AddDatabricksTextGeneration("e", null).AddDatabricksTextGeneration("e", null, "6").AddDatabricksTextGeneration("e", null, null)
            .AddDatabricksChatClient("e", null).AddDatabricksChatClient("e", null, "7").AddDatabricksChatClient("e", null, null)
            .AddDatabricksEmbeddingGenerator("e", null).AddDatabricksEmbeddingGenerator("e", null, "8")
            .AddDatabricksEmbeddingGenerator("e", null, null)
            .AddSingleton(Client);

        Assert.Equal("e", builder.Build().GetRequiredService<IChatClient>("7").GetService<ChatClientMetadata>()!.DefaultModelId);
    }

    [Fact]
    public void All_parameters_have_the_same_names_in_every_call()
    {
        using var http = new HttpClient();
        var builder = Kernel.CreateBuilder()
            .AddDatabricksChatClient(
                endpointName: "e", client: Client, serviceId: "1", openTelemetrySourceName: "s", openTelemetryConfig: _ => { })
            .AddDatabricksChatClient("e", TextHost, "t", "2", http, null, "s", _ => { })
            .AddDatabricksEmbeddingGenerator("e", TextHost, Credential, "2", http, 256, null, "s", _ => { });
        builder.Services
            .AddDatabricksChatClient(
                endpointName: "e", client: Client, serviceId: "3", openTelemetrySourceName: "s", openTelemetryConfig: _ => { })
            .AddDatabricksChatClient("e", TextHost, "t", "4", http, null, "s", _ => { })
            .AddDatabricksEmbeddingGenerator("e", TextHost, Credential, "4", http, 256, null, "s", _ => { });

        var methods = Methods().GroupBy(method => method.Name).ToList();
        Assert.Equal(5, methods.Count);

        // Agents have no overloads with a host and a token: apps accept OAuth tokens alone, which expire.
        Assert.All(methods, overloads => Assert.Equal(overloads.Key == "AddDatabricksAgentChatCompletion" ? 2 : 6, overloads.Count()));
        Assert.All(methods, overloads =>
        {
            var onBuilder = overloads.Where(method => method.ReturnType == typeof(IKernelBuilder)).Select(Signature).Order();
            var onServices = overloads.Where(method => method.ReturnType == typeof(IServiceCollection)).Select(Signature).Order();
            Assert.Equal(onBuilder, onServices);
        });
    }

    private static IEnumerable<MethodInfo> Methods() =>
        typeof(DatabricksKernelBuilderExtensions).GetMethods().Concat(typeof(DatabricksKernelServiceCollectionExtensions).GetMethods())
            .Where(method => method.IsStatic);

    private static string Signature(MethodInfo method) =>
        string.Join(", ", method.GetParameters()[1..].Select(parameter => $"{parameter.ParameterType} {parameter.Name}"));

    [Fact]
    public void No_other_assembly_has_a_method_of_the_same_name() =>
        Assert.DoesNotContain(
            typeof(DatabricksServingServiceCollectionExtensions).GetMethods(), method => Methods().Any(one => one.Name == method.Name));

    [Theory]
    [InlineData("some-workspace.cloud.databricks.com")]
    [InlineData(" https://some-workspace.cloud.databricks.com/ ")]
    [InlineData("https://some-workspace.cloud.databricks.com/?o=123")]
    public void A_host_as_text_is_read_as_people_write_it(string text)
    {
        var kernel = Kernel.CreateBuilder().AddDatabricksChatClient("e", text, "t").Build();

        Assert.Equal(Host, kernel.GetRequiredService<IChatClient>().GetService<ChatClientMetadata>()!.ProviderUri);
    }

    [Fact]
    public void Hosts_are_equal_when_their_addresses_are()
    {
        Assert.Equal<DatabricksHost>(TextHost, Host);
        Assert.True(new DatabricksHost(TextHost) == Host && new DatabricksHost(TextHost) != "https://other");
        Assert.Equal(new DatabricksHost(TextHost).GetHashCode(), new DatabricksHost(Host).GetHashCode());
        Assert.Equal("", default(DatabricksHost).ToString());
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData(" ")]
    public void A_host_without_text_is_rejected_by_the_method_that_takes_it(string? text)
    {
        DatabricksHost host = text;
        DatabricksHost none = (Uri?)null;

        Assert.Equal((null, null), (host.Address, none.Address));
        Assert.Throws<ArgumentException>("host", () => Kernel.CreateBuilder().AddDatabricksChatClient("e", host, "t"));
    }
}
