using Connectors.Databricks.Tests.TestServices;

namespace Connectors.Databricks.Tests.Predictions.Outbound;

/// <summary>Tables as serving reference §8.4 has them.</summary>
public class DataframeTests
{
    [Fact]
    public Task Records_become_columns_and_rows() => Scoring.Sends(
        """{"dataframe_split":{"columns":["tenure","monthly_charges","note"],"data":[[10,50.5,null],[1,100,"new"]]}}""",
        DatabricksPredictionInput.DataframeSplit(
            [new Customer(10, 50.5), new Customer(1, 100, "new")], PredictionJson.Default.Customer));

    [Fact]
    public async Task A_zero_that_the_contract_leaves_out_is_not_sent_as_a_missing_value() => Assert.Equal(
        "Record 1 omits 'tenure', which cannot be null. Use a contract that writes defaults, or that ignores only nulls. (Parameter " +
        "'input')",
        (await Scoring.Refusal<ArgumentException>(
            DatabricksPredictionInput.DataframeSplit([new Sparse(10), new Sparse(0)], PredictionJson.Default.Sparse))).Message);

    [Fact]
    public async Task A_parameter_that_has_no_JSON_is_named_as_one() => Assert.StartsWith(
        "DatabricksPredictionOptions.Parameters cannot be written as JSON: ",
        (await Scoring.Refusal<NotSupportedException>(
            Scoring.OneRow, new() { Parameters = new Dictionary<string, object?> { ["limit"] = double.NaN } })).Message);

    [Fact]
    public Task Records_find_their_contract_in_the_options() => Scoring.Sends(
        """{"dataframe_split":{"columns":["0"],"data":[[{"a":1}]]}}""".Replace("[\"0\"]", "[\"x\"]", StringComparison.Ordinal),
        DatabricksPredictionInput.DataframeSplit<Dictionary<string, object?>>(
            [new() { ["x"] = System.Text.Json.JsonElement.Parse("""{"a":1}""") }]));

    [Fact]
    public Task Dictionaries_take_their_columns_from_the_first() => Scoring.Sends(
        """{"dataframe_split":{"columns":["b","a"],"data":[[1,"x"],[2,null],[3,"z"]]}}""",
        DatabricksPredictionInput.DataframeSplit<Dictionary<string, object?>>(
        [
            new() { ["b"] = 1, ["a"] = "x" },
            new() { ["b"] = 2 },
            new() { ["a"] = "z", ["b"] = 3 },
        ]));

    [Fact]
    public async Task A_record_with_another_column_is_refused() => Assert.Equal(
        "Record 1 has a member 'c', which is not a column. The columns are a, b. (Parameter 'input')",
        (await Scoring.Refusal<ArgumentException>(DatabricksPredictionInput.DataframeSplit<Dictionary<string, object?>>(
            [new() { ["a"] = 1, ["b"] = 2 }, new() { ["c"] = 3 }]))).Message);

    [Fact]
    public async Task A_record_that_is_no_object_is_refused() => Assert.Equal(
        "Record 0 is serialized as Number, not as an object with columns. (Parameter 'input')",
        (await Scoring.Refusal<ArgumentException>(
            DatabricksPredictionInput.DataframeSplit([1.5], PredictionJson.Default.Double))).Message);

    [Fact]
    public async Task A_record_that_is_null_is_refused() => Assert.Equal(
        "Record 1 is null. Remove it. (Parameter 'input')",
        (await Scoring.Refusal<ArgumentException>(
            DatabricksPredictionInput.DataframeSplit([new Customer(1, 2), null!], PredictionJson.Default.Customer))).Message);

    [Fact]
    public async Task A_type_without_a_contract_is_refused() => Assert.Equal(
        $"No JSON contract is known for {typeof(Customer)}. Pass its JsonTypeInfo, or add a source-generated context for the type to " +
        "DatabricksServingOptions.SerializerOptions.",
        (await Scoring.Refusal<NotSupportedException>(DatabricksPredictionInput.DataframeSplit([new Customer(1, 2)]))).Message);

    [Fact]
    public Task Columns_and_rows_of_plain_values_are_sent_in_their_order() => Scoring.Sends(
        """
        {"dataframe_split":{"columns":["i","d","s","b","t","x","n"],
         "data":[[1,0.1,"Größe",true,"2026-11-21T10:00:00Z","AQID",null],[-2,1E+20,"","false","2026-11-21","/w==",0.5]]}}
        """,
        DatabricksPredictionInput.DataframeSplit(
            ["i", "d", "s", "b", "t", "x", "n"],
            [
                [1, 0.1, "Größe", true, new DateTime(2026, 11, 21, 10, 0, 0, DateTimeKind.Utc), new byte[] { 1, 2, 3 }, null],
                [-2L, 1e20, "", "false", new DateOnly(2026, 11, 21), new byte[] { 255 }, 0.5f],
            ]));

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public async Task A_row_with_too_many_or_too_few_values_is_refused(int values) => Assert.Equal(
        $"Row 1 has {values} values for 2 columns. (Parameter 'input')",
        (await Scoring.Refusal<ArgumentException>(
            DatabricksPredictionInput.DataframeSplit(["a", "b"], [[1, 2], new object?[values]]))).Message);

    [Fact]
    public async Task A_value_that_has_no_JSON_is_named_by_its_place() => Assert.Equal(
        "The value of column 'b' in row 1 cannot be written as JSON: JSON cannot represent NaN.",
        (await Scoring.Refusal<NotSupportedException>(
            DatabricksPredictionInput.DataframeSplit(["a", "b"], [[1, 2], [3, double.NaN]]))).Message);

    [Theory]
    [InlineData]
    [InlineData("a", "a")]
    public void Columns_need_names_of_their_own(params string[] columns) => Assert.Equal(
        $"The columns are [{string.Join(", ", columns)}]. Specify at least one column, with unique names. (Parameter 'columns')",
        Assert.Throws<ArgumentException>(() => DatabricksPredictionInput.DataframeSplit(columns, [])).Message);

    [Fact]
    public Task Records_can_keep_their_names() => Scoring.Sends(
        """{"dataframe_records":[{"tenure":10,"monthly_charges":50.5},{"tenure":1,"monthly_charges":100,"note":"new"}]}""",
        DatabricksPredictionInput.DataframeRecords(
            [new Customer(10, 50.5), new Customer(1, 100, "new")], PredictionJson.Default.Customer));

    [Fact]
    public Task Parameters_and_additional_properties_are_sent_next_to_the_table() => Scoring.Sends(
        """
        {"params":{"temperature":0.1,"labels":["a","b"]},"client_request_id":"order-1",
         "dataframe_split":{"columns":["a"],"data":[[1]]}}
        """,
        DatabricksPredictionInput.DataframeSplit(["a"], [[1]]),
        new DatabricksPredictionOptions
        {
            Parameters = new Dictionary<string, object?> { ["temperature"] = 0.1, ["labels"] = new[] { "a", "b" } },
            AdditionalProperties = new Dictionary<string, object?> { ["client_request_id"] = "order-1", ["inputs"] = "never sent" },
        });
}
