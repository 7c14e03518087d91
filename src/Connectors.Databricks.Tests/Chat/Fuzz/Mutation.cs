namespace Connectors.Databricks.Tests.Chat.Fuzz;

/// <summary>Mutates bytes in one to three places: flipped, replaced, lost, doubled, moved, repeated a hundred times.</summary>
internal static class Mutation
{
    private static readonly byte[] Telling = "\n\r:{}[]\",\\ 0eé\0"u8.ToArray();

    public static byte[] Of(byte[] bytes, Random random)
    {
        var mutated = bytes.ToList();
        for (var times = random.Next(1, 4); times > 0 && mutated.Count > 1; times--)
        {
            var position = random.Next(mutated.Count);
            var length = Math.Min(random.Next(1, 40), mutated.Count - position);
            switch (random.Next(8))
            {
                case 0:
                    mutated[position] ^= (byte)(1 << random.Next(8));
                    break;
                case 1:
                    mutated[position] = Telling[random.Next(Telling.Length)];
                    break;
                case 2:
                    mutated.Insert(position, Telling[random.Next(Telling.Length)]);
                    break;
                case 3:
                    mutated.RemoveRange(position, length);
                    break;
                case 4:
                    mutated.InsertRange(position, mutated.GetRange(position, length));
                    break;
                case 5:
                    var moved = mutated.GetRange(position, length);
                    mutated.RemoveRange(position, length);
                    mutated.InsertRange(random.Next(mutated.Count + 1), moved);
                    break;
                case 6:
                    mutated.InsertRange(
                        position, Enumerable.Repeat(mutated.GetRange(position, length), 100).SelectMany(piece => piece).ToList());
                    break;
                default:
                    mutated.RemoveRange(position, mutated.Count - position);
                    break;
            }
        }

        return [.. mutated];
    }
}
