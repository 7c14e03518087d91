using System.Text.Json;
using Connectors.Databricks.Sql.AiQuery;

namespace Connectors.Databricks.Tests.Sql.AiQuery;

public class AiQueryMembersTests
{
    [Theory]
    [InlineData("STRUCT<response: STRING, errorMessage: STRING>", "errorMessage")]
    [InlineData("STRUCT<errorMessage: STRING, response: STRING>", "errorMessage")]
    [InlineData("struct<`response`:struct<a:int,b:int>,`errorMessage`:string>", "errorMessage")]
    [InlineData("STRUCT<result: STRUCT<a: INT, b: INT>, errorStatus: STRING>", "errorStatus")]
    [InlineData("STRING", "errorMessage")]
    [InlineData("", "errorMessage")]
    public void The_error_is_found_by_name_or_by_position(string type, string expected) =>
        Assert.Equal(expected, AiQueryMembers.ErrorOf(type));

    [Theory]
    [InlineData("""{"response":"a","errorMessage":null}""", "a", null)]
    [InlineData("""{"errorMessage":"no","response":null}""", null, "no")]
    [InlineData("""{"result":{"a":1},"errorStatus":null}""", """{"a":1}""", null)]
    [InlineData("""{"response":null,"error":"no"}""", null, "no")]
    [InlineData("null", null, null)]
    public void A_result_is_read_by_name_or_by_position(string json, string? response, string? error) =>
        Assert.Equal((response, error), AiQueryMembers.Read(JsonDocument.Parse(json).RootElement));
}
