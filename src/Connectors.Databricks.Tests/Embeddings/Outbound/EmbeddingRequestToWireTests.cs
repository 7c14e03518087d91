using System.Text.Json.Nodes;
using Connectors.Databricks.Tests.TestServices;
using Microsoft.Extensions.AI;

namespace Connectors.Databricks.Tests.Embeddings.Outbound;

public class EmbeddingRequestToWireTests
{
    [Fact]
    public Task Inputs_are_sent_as_a_list_and_nothing_else_is() =>
        Vectors.Sends("""{"input":["alpha","Größe \"東京\" 🗼"]}""", ["alpha", "Größe \"東京\" 🗼"]);

    [Fact]
    public Task One_input_is_a_list_too() => Vectors.Sends("""{"input":["alpha"]}""", ["alpha"]);

    [Fact]
    public Task An_empty_text_is_left_to_the_service() => Vectors.Sends("""{"input":[""]}""", [""]);

    [Fact]
    public Task Dimensions_of_the_call_are_sent() =>
        Vectors.Sends("""{"dimensions":2,"input":["a"]}""", ["a"], new EmbeddingGenerationOptions { Dimensions = 2 });

    [Fact]
    public Task Dimensions_of_the_call_go_before_those_of_the_generator() => Vectors.Sends(
        """{"dimensions":2,"input":["a"]}""", ["a"],
        new EmbeddingGenerationOptions { Dimensions = 2 }, new DatabricksEmbeddingOptions { Dimensions = 3 });

    [Fact]
    public Task Dimensions_of_the_generator_are_sent() =>
        Vectors.Sends("""{"dimensions":3,"input":["a"]}""", ["a"], limits: new DatabricksEmbeddingOptions { Dimensions = 3 });

    [Fact]
    public Task The_instruction_of_the_generator_is_sent() => Vectors.Sends(
        """{"instruction":"Find the answer:","input":["a"]}""", ["a"],
        limits: new DatabricksEmbeddingOptions { Instruction = "Find the answer:" });

    [Fact]
    public Task The_instruction_of_the_call_takes_precedence_over_that_of_the_generator() => Vectors.Sends(
        """{"instruction":"Look:","input":["a"]}""", ["a"],
        new EmbeddingGenerationOptions { AdditionalProperties = new() { [DatabricksPropertyNames.Instruction] = "Look:" } },
        new DatabricksEmbeddingOptions { Instruction = "Find:" });

    [Fact]
    public Task Additional_properties_go_to_the_top_level_and_never_replace_the_input() => Vectors.Sends(
        """{"dimensions":1,"encoding_format":"base64","usage_context":{"team":"search"},"input":["a"]}""", ["a"],
        new EmbeddingGenerationOptions
        {
            Dimensions = 1,
            AdditionalProperties = new()
            {
                ["encoding_format"] = "base64",
                ["usage_context"] = new Dictionary<string, object?> { ["team"] = "search" },
                ["input"] = "something else",
                ["dimensions"] = 99,
            },
        });

    [Fact]
    public Task A_base_document_takes_precedence_over_the_options() => Vectors.Sends(
        """{"dimensions":1,"user":"ada","input":["a"]}""", ["a"],
        new EmbeddingGenerationOptions
        {
            Dimensions = 1,
            RawRepresentationFactory = _ => new JsonObject { ["dimensions"] = 1, ["user"] = "ada" },
        });

    [Fact]
    public async Task A_base_document_that_sets_the_input_is_refused()
    {
        var options = new EmbeddingGenerationOptions { RawRepresentationFactory = _ => new JsonObject { ["input"] = "mine" } };

        var exception = await Assert.ThrowsAsync<ArgumentException>(() => new VerbatimService().Generator().GenerateAsync(["a"], options));

        Assert.Equal(
            "The base document from EmbeddingGenerationOptions.RawRepresentationFactory sets \"input\", which the call itself decides. " +
            "Remove it there. (Parameter 'options')", exception.Message);
    }

    [Fact]
    public async Task A_property_that_has_no_JSON_is_named()
    {
        var options = new EmbeddingGenerationOptions { AdditionalProperties = new() { ["odd"] = double.NaN } };

        var exception = await Assert.ThrowsAsync<NotSupportedException>(
            () => new VerbatimService().Generator().GenerateAsync(["a"], options));

        Assert.Equal(
            "EmbeddingGenerationOptions.AdditionalProperties[\"odd\"] cannot be written as JSON: JSON cannot represent NaN.",
            exception.Message);
    }

    [Fact]
    public async Task Options_and_inputs_stay_as_they_were()
    {
        var options = new EmbeddingGenerationOptions { ModelId = "other", AdditionalProperties = new() { ["user"] = "ada" } };
        var before = options.Clone();

        await new VerbatimService().Answers(Vectors.OneVector).Generator(new() { Instruction = "x" }).GenerateAsync(["a"], options);

        Assert.Equal((before.ModelId, before.Dimensions), (options.ModelId, options.Dimensions));
        Assert.Equal(before.AdditionalProperties, options.AdditionalProperties);
    }
}
