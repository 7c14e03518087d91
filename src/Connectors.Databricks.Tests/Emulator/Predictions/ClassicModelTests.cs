namespace Connectors.Databricks.Tests.Emulator.Predictions;

public class ClassicModelTests
{
    [Theory]
    [InlineData(
        """{"dataframe_split":{"columns":["monthly_charges","tenure"],"data":[[50,10],[100,1]]}}""",
        """200 {"predictions":[0.6,0.89]}""")]
    [InlineData("""{"dataframe_records":[{"tenure":10,"monthly_charges":50}]}""", """200 {"predictions":[0.6]}""")]
    [InlineData("""{"instances":[[10,50]]}""", """200 {"predictions":[0.6]}""")]
    [InlineData("""{"inputs":[{"tenure":10,"monthly_charges":50}]}""", """200 {"predictions":[0.6]}""")]
    [InlineData("""{"inputs":{"tenure":[10,1],"monthly_charges":[50,100]}}""", """200 {"predictions":[0.6,0.89]}""")]
    [InlineData("""{"inputs":[[10,50.123]],"params":{"decimals":2}}""", """200 {"predictions":[0.6]}""")]
    [InlineData("""{"instances":[[10,null]]}""", """200 {"predictions":[null]}""")]
    [InlineData(
        """{"dataframe_split":{"columns":["tenure","monthly_charges","extra"],"data":[[10,50,"x"]]}}""", """200 {"predictions":[0.6]}""")]
    [InlineData(
        """{"dataframe_split":{"columns":["tenure","monthly_charges"],"data":[[10]]}}""",
        """400 {"error_code":"BAD_REQUEST","message":"Failed to parse input data. Each row must have a value for each column."}""")]
    [InlineData(
        """{"dataframe_records":[{"tenure":"ten","monthly_charges":50}]}""",
        """400 {"error_code":"BAD_REQUEST","message":"Incompatible input types for column tenure. Can not safely convert object to """
            + """float64."}""")]
    [InlineData(
        """{"dataframe_records":[{"tenure":10}]}""",
        """400 {"error_code":"BAD_REQUEST","message":"Model is missing inputs ['monthly_charges']."}""")]
    public async Task Rows_become_predictions(string body, string expected)
    {
        await using Wire wire = await Wire.OpenAsync();

        Assert.Equal(expected, await wire.AskAsync("churn-v1", body));
    }

    [Fact]
    public async Task Two_inputs_are_one_too_many()
    {
        await using Wire wire = await Wire.OpenAsync();

        Assert.StartsWith("400 ", await wire.AskAsync("churn-v1", """{"inputs":[],"instances":[]}"""), StringComparison.Ordinal);
    }
}
