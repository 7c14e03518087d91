using System.Text.Json;
using Connectors.Databricks.AspNetCore.Json;
using Connectors.Databricks.AspNetCore.ServingEndpoints;

namespace Connectors.Databricks.AspNetCore.Tests.ServingEndpoints;

/// <summary>Inputs against signatures that the emulator does not have.</summary>
public class InputValidationTests
{
    private static string[] Errors(string body, params ServedSignature[] paths)
    {
        using var document = JsonDocument.Parse(body);
        var request = PredictionRequestFromJson.Read(new RequestValue(document.RootElement, string.Empty));
        var errors = InputValidation.ErrorsOf(request, new EndpointSignature { Paths = paths }, servedModelName: null);
        return [.. errors?.SelectMany(error => error.Value.Select(message => $"{error.Key}: {message}")) ?? []];
    }

    private static string[] Errors(string body, params SignatureColumn[] columns) => Errors(body, new ServedSignature { Inputs = columns });

    [Theory]
    [InlineData("integer", "1", true), InlineData("integer", "18446744073709551615", true), InlineData("integer", "1.0", false)]
    [InlineData("integer", "1e400", false), InlineData("integer", "\"1\"", false), InlineData("integer", "null", true)]
    [InlineData("number", "1", true), InlineData("number", "1e400", true), InlineData("number", "\"NaN\"", true)]
    [InlineData("number", "\"-Infinity\"", true), InlineData("number", "\"nan\"", false), InlineData("number", "true", false)]
    [InlineData("string", "\"\"", true), InlineData("string", "\"\\ud800\"", true), InlineData("string", "1", false)]
    [InlineData("boolean", "false", true), InlineData("boolean", "0", false)]
    [InlineData("array", "[1]", true), InlineData("array", "1", false), InlineData("object", "{}", true), InlineData("object", "[]", false)]
    [InlineData("any", "[{}]", true), InlineData("another", "1", true)]
    public void A_value_has_the_type_of_its_column(string type, string value, bool matches) => Assert.Equal(
        matches ? [] : [$"dataframe_records[0].a: Expected a: {type}."],
        Errors($$"""{"dataframe_records":[{"a":{{value}}}]}""", new SignatureColumn("a", type)));

    [Fact]
    public void Items_and_members_have_their_types()
    {
        SignatureColumn[] columns =
        [
            new("a", "array") { Items = new SignatureColumn(null, "array") { Items = new SignatureColumn(null, "integer") } },
            new("b", "object")
            {
                Members = [new SignatureColumn("c", "string") { IsRequired = true }, new SignatureColumn("d", "boolean")],
            },
        ];

        Assert.Empty(Errors("""{"dataframe_records":[{"a":[[1],[]],"b":{"c":"x","e":1}}]}""", columns));
        Assert.Equal(
            ["dataframe_records[0].a[1][0]: Expected a: array of array of integer.", "dataframe_records[0].b.c: Expected b: object.",
                "dataframe_records[1].b.d: Expected b: object."],
            Errors("""{"dataframe_records":[{"a":[[1],["x"]],"b":{}},{"b":{"c":"x","d":1}}]}""", columns));
    }

    [Theory]
    [InlineData("""{"type":["string","integer"]}""", true), InlineData("""{"type":["null","string"]}""", false)]
    public void A_column_of_several_types_matches_any_value(string schema, bool matches) => Assert.Equal(
        matches,
        Errors(
            """{"dataframe_records":[{"a":1}]}""",
            new SignatureColumn("a", "string") { Schema = JsonDocument.Parse(schema).RootElement }).Length == 0);

    [Theory]
    [InlineData("""{"inputs":[[[1,2],[3]],[]]}""", true), InlineData("""{"inputs":[[[1,true]]]}""", false)]
    [InlineData("""{"instances":[[1],[2.5]]}""", true), InlineData("""{"instances":[["x"]]}""", false)]
    [InlineData("""{"instances":[{"t":["x"]}]}""", true), InlineData("""{"inputs":{"t":["x"]}}""", true)]
    public void The_values_of_a_tensor_have_its_type(string body, bool matches) => Assert.Equal(
        matches,
        Errors(body, new SignatureColumn(null, "array") { Items = new SignatureColumn(null, "number") }).Length == 0);

    [Fact]
    public void Columns_that_may_be_missing_and_unknown_ones_are_left_to_the_service() => Assert.Empty(Errors(
        """{"dataframe_split":{"columns":["b","c"],"data":[[1,2]]}}""",
        new SignatureColumn("a", "number") { IsRequired = false }, new SignatureColumn("b", "number")));

    [Fact]
    public void Data_without_columns_is_left_to_the_service() => Assert.Empty(Errors(
        """{"dataframe_split":{"data":[[1,2]]}}""", new SignatureColumn("a", "string") { IsRequired = true }));

    [Fact]
    public void An_input_matches_one_of_the_served_models()
    {
        var first = new ServedSignature { ServedEntityName = "x", Inputs = [new SignatureColumn("a", "number") { IsRequired = true }] };
        var second = new ServedSignature { ServedEntityName = "y", Inputs = [new SignatureColumn("b", "number") { IsRequired = true }] };

        Assert.Empty(Errors("""{"dataframe_records":[{"b":1}]}""", first, second));
        Assert.Equal(
            ["dataframe_records[0].a: The column 'a' is missing."], Errors("""{"dataframe_records":[{"c":1}]}""", first, second));
    }

    [Fact]
    public void A_served_model_that_is_selected_has_its_own_signature()
    {
        using var document = JsonDocument.Parse("""{"dataframe_records":[{"a":1}]}""");
        var request = PredictionRequestFromJson.Read(new RequestValue(document.RootElement, string.Empty));
        var signature = new EndpointSignature
        {
            Paths =
            [
                new ServedSignature { ServedEntityName = "x", Inputs = [new SignatureColumn("a", "number") { IsRequired = true }] },
                new ServedSignature { ServedEntityName = "y", Inputs = [new SignatureColumn("b", "number") { IsRequired = true }] },
            ],
        };

        Assert.Null(InputValidation.ErrorsOf(request, signature, "x"));
        Assert.NotNull(InputValidation.ErrorsOf(request, signature, "y"));
        Assert.Null(InputValidation.ErrorsOf(request, signature, "z"));
    }
}
