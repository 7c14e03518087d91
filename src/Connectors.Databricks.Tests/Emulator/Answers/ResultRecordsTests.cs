using Connectors.Databricks.Emulator.Answers;

namespace Connectors.Databricks.Tests.Emulator.Answers;

public class ResultRecordsTests
{
    private const string Listed =
        """{"items":[{"name":"fraud","ready":true},{"name":"fraud-v2","ready":false,"kind":"custom"},{"name":null},{"id":7}]}""";

    [Theory]
    [InlineData("Is fraud-v2 ready?", "fraud-v2: ready: false, kind: custom.")]
    [InlineData("Is Fraud ready?", "fraud: ready: true.")]
    [InlineData("Is my-fraud ready?", null)]
    [InlineData("Is anything ready?", null)]
    public void The_record_that_a_question_names_is_found(string question, string? expected) =>
        Assert.Equal(expected, ResultRecords.About(question, ["not JSON", Listed]));

    [Fact]
    public void The_latest_result_wins() =>
        Assert.Equal("fraud: ready: 2.", ResultRecords.About("And fraud?", [Listed, """[{"name":"fraud","ready":2}]"""]));

    [Theory]
    [InlineData("{}", true)]
    [InlineData("[1]", true)]
    [InlineData("The sky is blue.", false)]
    [InlineData("7", false)]
    public void Json_is_told_from_text(string result, bool expected) => Assert.Equal(expected, ResultRecords.IsJson(result));
}
