using System.Globalization;
using System.Text;

namespace Connectors.Databricks.Tests.Fuzz;

/// <summary>
/// Feeds a reader with mutated inputs, seeded, so that a failure can be repeated. The short form is part of every test run; the long one
/// has as many inputs as the variable <c>CONNECTORS_DATABRICKS_FUZZ_INPUTS</c> says, and other ones with another
/// <c>CONNECTORS_DATABRICKS_FUZZ_SEED</c>.
/// </summary>
internal static class FuzzRun
{
    private const int ShortForm = 5_000;

    // Of the wall clock, and far above what an input needs; only a reader that hangs meets it.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private static readonly int Seed = SeedOf(20261001);

    public static int Inputs { get; } = Variable("CONNECTORS_DATABRICKS_FUZZ_INPUTS") ?? ShortForm;

    /// <summary>The seed of the first input: that of the test, moved by the variable.</summary>
    public static int SeedOf(int seed) => seed + (Variable("CONNECTORS_DATABRICKS_FUZZ_SEED") ?? 0);

    /// <param name="seeds">Valid inputs to mutate.</param>
    /// <param name="mutate">Mutates a valid input.</param>
    /// <param name="read">Reads an input; throws when the reader does what it must not.</param>
    public static async Task RunAsync(IReadOnlyList<string> seeds, Func<byte[], Random, byte[]> mutate, Func<byte[], Task> read)
    {
        var sound = seeds.Select(Encoding.UTF8.GetBytes).ToList();
        var number = 0;
        byte[] input = [];
        var running = Task.Run(async () =>
        {
            for (; number < Inputs; number++)
            {
                input = mutate(sound[number % sound.Count], new Random(Seed + number));
                await read(input);
            }
        });

        while (!running.IsCompleted)
        {
            var reached = number;
            await Task.WhenAny(running, Task.Delay(Patience));
            if (!running.IsCompleted && number == reached)
            {
                Assert.Fail($"Input {reached} is still being read: {Shown(input)}");
            }
        }

        if (running.Exception is { } failure)
        {
            throw new InvalidOperationException(
                $"Input {number}: {failure.InnerException!.Message}\n{Shown(input)}", failure.InnerException);
        }
    }

    private static int? Variable(string name) =>
        int.TryParse(Environment.GetEnvironmentVariable(name), CultureInfo.InvariantCulture, out var value) ? value : null;

    private static string Shown(byte[] input) => Encoding.UTF8.GetString(input.AsSpan(0, Math.Min(input.Length, 4000)));
}
