using Connectors.Databricks.Tests.TestServices;
using Microsoft.Extensions.AI;
using Moq;

namespace Connectors.Databricks.Tests.Embeddings;

public class DatabricksEmbeddingGeneratorTests
{
    [Fact]
    public void Metadata_names_provider_workspace_endpoint_and_dimensions()
    {
        var generator = new VerbatimService().Generator(new() { Dimensions = 256 });

        var metadata = Assert.IsType<EmbeddingGeneratorMetadata>(generator.GetService(typeof(EmbeddingGeneratorMetadata)));

        Assert.Equal(
            ("databricks", Some.Host, VerbatimService.EndpointName, 256),
            (metadata.ProviderName, metadata.ProviderUri, metadata.DefaultModelId, metadata.DefaultModelDimensions));
    }

    [Fact]
    public void A_service_is_found_by_its_type()
    {
        var serving = new VerbatimService().Client();
        var generator = serving.GetEmbeddingGenerator("some-endpoint");

        Assert.Same(generator, generator.GetService(typeof(IEmbeddingGenerator<string, Embedding<float>>)));
        Assert.Same(generator, generator.GetService(generator.GetType()));
        Assert.Same(serving, generator.GetService(typeof(DatabricksServingClient)));
        Assert.Null(generator.GetService(typeof(string)));
        Assert.Null(generator.GetService(typeof(EmbeddingGeneratorMetadata), "some key"));
        Assert.Throws<ArgumentNullException>("serviceType", () => generator.GetService(null!));
    }

    [Fact]
    public async Task No_input_makes_no_call()
    {
        var service = new VerbatimService();

        var all = await service.Generator().GenerateAsync([]);

        Assert.Empty(all);
        Assert.Null(all.Usage);
        Assert.Empty(service.Sent);
    }

    [Fact]
    public void Null_values_are_refused_at_the_call() =>
        Assert.Throws<ArgumentNullException>("values", () => { _ = new VerbatimService().Generator().GenerateAsync(null!); });

    [Fact]
    public async Task The_call_goes_to_the_invocations_path_of_the_endpoint()
    {
        var service = new VerbatimService().Answers(Vectors.OneVector);

        await service.Generator().GenerateAsync(["a"]);

        var sent = Assert.Single(service.Sent);
        Assert.Equal(("POST", $"{Some.Host}serving-endpoints/some-endpoint/invocations"), (sent.Method, sent.Uri.AbsoluteUri));
        Assert.Equal("application/json", sent.Headers["Accept"]);
    }

    [Fact]
    public async Task A_model_id_names_another_endpoint_for_one_call()
    {
        var service = new VerbatimService().Answers(Vectors.OneVector);

        var all = await service.Generator().GenerateAsync(["a"], new EmbeddingGenerationOptions { ModelId = "other" });

        Assert.EndsWith("/serving-endpoints/other/invocations", Assert.Single(service.Sent).Uri.AbsoluteUri);
        Assert.Equal("other", all[0].ModelId);
    }

    [Theory]
    [InlineData("")]
    [InlineData("..")]
    public async Task A_model_id_that_names_no_endpoint_is_refused(string modelId)
    {
        var exception = await Assert.ThrowsAsync<ArgumentException>(
            () => new VerbatimService().Generator().GenerateAsync(["a"], new EmbeddingGenerationOptions { ModelId = modelId }));

        Assert.Equal(
            $"EmbeddingGenerationOptions.ModelId is '{modelId}', which is not a valid endpoint name. (Parameter 'options')",
            exception.Message);
    }

    [Theory]
    [InlineData("")]
    [InlineData(".")]
    public void An_empty_endpoint_name_is_refused(string name) =>
        Assert.Throws<ArgumentException>("endpointName", () => new VerbatimService().Client().GetEmbeddingGenerator(name));

    [Fact]
    public async Task Options_are_copied_when_the_generator_is_made()
    {
        var service = new VerbatimService().Answers(Vectors.OneVector);
        var options = new DatabricksEmbeddingOptions();
        var generator = service.Generator(options);

        options.Instruction = "too late";
        await generator.GenerateAsync(["a"]);

        Assert.Equal("""{"input":["a"]}""", Assert.Single(service.Sent).Body);
    }

    [Fact]
    public async Task Disposing_it_leaves_everything_usable()
    {
        var generator = new VerbatimService().Answers(Vectors.OneVector).Generator();

        generator.Dispose();
        generator.Dispose();

        Assert.Equal([[0.5f]], (await generator.GenerateAsync(["a"])).Values());
    }

    [Fact]
    public void A_program_can_mock_it()
    {
        var generator = Mock.Of<IEmbeddingGenerator<string, Embedding<float>>>();
        var serving = new Mock<DatabricksServingClient>();
        serving.Setup(client => client.GetEmbeddingGenerator("docs", null)).Returns(generator);

        Assert.Same(generator, serving.Object.GetEmbeddingGenerator("docs"));
    }
}
