using System.Text.Json.Nodes;
using Connectors.Databricks.Tests.TestServices;

namespace Connectors.Databricks.Tests.Predictions.Outbound;

/// <summary>Tensors as serving reference §8.4 has them.</summary>
public class TensorTests
{
    public static TheoryData<Array, string> Arrays => new()
    {
        { new[] { 1.5f, -2f }, "[1.5,-2]" },
        { new[,] { { 1, 2, 3 }, { 4, 5, 6 } }, "[[1,2,3],[4,5,6]]" },
        { new[,,] { { { 1.0, 2.0 } }, { { 3.0, 4.0 } } }, "[[[1,2]],[[3,4]]]" },
        { new double[][] { [1, 2], [3, 4] }, "[[1,2],[3,4]]" },
        { new float[][,] { new float[,] { { 1 }, { 2 } }, new float[,] { { 3 }, { 4 } } }, "[[[1],[2]],[[3],[4]]]" },
        { new[] { "a", null, "ü" }, "[\"a\",null,\"ü\"]" },
        { new[] { true, false }, "[true,false]" },
        { new byte[] { 1, 255 }, "[1,255]" },
        { new[] { long.MaxValue }, "[9223372036854775807]" },
        { new[] { ulong.MaxValue }, "[18446744073709551615]" },
        { new[] { 1.10m }, "[1.10]" },
        { new short[,] { { -1 } }, "[[-1]]" },
    };

    [Theory]
    [MemberData(nameof(Arrays))]
    public async Task An_array_of_any_shape_is_sent_row_by_row(Array array, string json)
    {
        await Scoring.Sends($$"""{"instances":{{json}}}""", DatabricksPredictionInput.Instances(DatabricksTensor.From(array)));
        await Scoring.Sends($$"""{"inputs":{{json}}}""", DatabricksPredictionInput.Inputs(DatabricksTensor.From(array)));
    }

    [Fact]
    public Task Memory_takes_the_shape_it_is_given() => Scoring.Sends(
        """{"inputs":[[[1,2],[3,4],[5,6]]]}""",
        DatabricksPredictionInput.Inputs(DatabricksTensor.From<float>(new float[] { 0, 1, 2, 3, 4, 5, 6, 7 }.AsMemory(1, 6), 1, 3, 2)));

    [Fact]
    public void A_shape_must_hold_the_elements() => Assert.Equal(
        "The shape [2, 2] does not match 3 elements. (Parameter 'shape')",
        Assert.Throws<ArgumentException>(() => DatabricksTensor.From<float>(new float[3], 2, 2)).Message);

    [Fact]
    public void Arrays_inside_an_array_must_be_of_one_shape() => Assert.Equal(
        "The arrays inside System.Int32[] differ in shape. A tensor has one length per dimension. (Parameter 'values')",
        Assert.Throws<ArgumentException>(() => DatabricksTensor.From(new int[][] { [1, 2], [3] })).Message);

    [Fact]
    public void A_row_that_is_null_is_no_row()
    {
        Assert.Throws<ArgumentException>("values", () => DatabricksTensor.From(new string[]?[] { ["a"], null }));
        Assert.Throws<ArgumentException>("values", () => DatabricksTensor.From(new float[]?[] { [1], null }));
    }

    [Fact]
    public void Elements_of_other_types_are_refused() => Assert.Equal(
        "A tensor cannot contain System.Object. Use numbers, strings or booleans. (Parameter 'values')",
        Assert.Throws<ArgumentException>(() => DatabricksTensor.From(new object[] { 1 })).Message);

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.NegativeInfinity)]
    public async Task A_number_that_JSON_has_not_is_refused(double number) => Assert.Equal(
        FormattableString.Invariant(
            $"JSON cannot represent {number}. Tensors contain only finite numbers; a missing value of a table is null."),
        (await Scoring.Refusal<NotSupportedException>(DatabricksPredictionInput.Inputs(DatabricksTensor.From(new[] { number })))).Message);

    [Fact]
    public Task Named_tensors_are_columns_as_inputs() => Scoring.Sends(
        """{"inputs":{"image":[[1,2],[3,4]],"weight":[0.5,1]}}""", DatabricksPredictionInput.Inputs(Named));

    [Fact]
    public Task Named_tensors_are_rows_as_instances() => Scoring.Sends(
        """{"instances":[{"image":[1,2],"weight":0.5},{"image":[3,4],"weight":1}]}""", DatabricksPredictionInput.Instances(Named));

    [Fact]
    public void Named_tensors_have_as_many_rows()
    {
        var uneven = new Dictionary<string, DatabricksTensor>
        {
            ["a"] = DatabricksTensor.From(new[] { 1 }),
            ["b"] = DatabricksTensor.From(new[] { 1, 2 }),
        };

        Assert.Throws<ArgumentException>("tensors", () => DatabricksPredictionInput.Instances(uneven));
        Assert.Throws<ArgumentException>("tensors", () => DatabricksPredictionInput.Instances(new Dictionary<string, DatabricksTensor>()));
        Assert.Throws<ArgumentException>("tensors", () => DatabricksPredictionInput.Inputs(new Dictionary<string, DatabricksTensor>()));
    }

    [Fact]
    public Task JSON_of_the_callers_own_is_sent_as_it_is() => Scoring.Sends(
        """{"inputs":{"prompt":"Hello?","history":[]}}""",
        DatabricksPredictionInput.Json("inputs", new JsonObject { ["prompt"] = "Hello?", ["history"] = new JsonArray() }));

    [Fact]
    public Task An_additional_property_never_duplicates_an_input_of_its_name() => Scoring.Sends(
        """{"question":"Hello?"}""",
        DatabricksPredictionInput.Json("question", JsonValue.Create("Hello?")),
        new DatabricksPredictionOptions { AdditionalProperties = new Dictionary<string, object?> { ["question"] = "never sent" } });

    private static Dictionary<string, DatabricksTensor> Named => new()
    {
        ["image"] = DatabricksTensor.From(new[,] { { 1, 2 }, { 3, 4 } }),
        ["weight"] = DatabricksTensor.From(new[] { 0.5, 1 }),
    };
}
