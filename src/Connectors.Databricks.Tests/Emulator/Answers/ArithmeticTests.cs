using Connectors.Databricks.Emulator.Answers;

namespace Connectors.Databricks.Tests.Emulator.Answers;

public class ArithmeticTests
{
    [Theory]
    [InlineData("What is 17 * 24?", "17 * 24 = 408.")]
    [InlineData("Calculate 2 + 3 * 4.", "2 + 3 * 4 = 14.")]
    [InlineData("(2 + 3) * 4 =", "(2 + 3) * 4 = 20.")]
    [InlineData("What's 7 - 10?", "7 - 10 = -3.")]
    [InlineData("How much is 1,200 / 7?", "1,200 / 7 = 171.4285714286.")]
    [InlineData("Please compute -(1.5 + 1) x 2", "-(1.5 + 1) x 2 = -5.")]
    [InlineData("What is 8 ÷ 2 × 3?", "8 ÷ 2 × 3 = 12.")]
    public void A_sum_is_worked_out(string prompt, string expected) => Assert.Equal(expected, Arithmetic.Answer(prompt));

    [Theory]
    [InlineData("What is 1 / 0?")]
    [InlineData("What is (1 + 2?")]
    [InlineData("What is 2 ^ 3?")]
    [InlineData("What is 42?")]
    [InlineData("What is on pages 10 - 20?")]
    [InlineData("What is 9999999999999999 * 9999999999999999?")]
    [InlineData("Hello!")]
    public void What_is_no_sum_is_left_to_others(string prompt) => Assert.Null(Arithmetic.Answer(prompt));
}
